/* record-ctl.c CARD - the answers of /dev/snd/controlC<CARD>. gcc -O1 -w; also -m32. */
#include "record.h"
typedef struct snd_ctl_elem_id ID; typedef struct snd_ctl_elem_info INFO; typedef struct snd_ctl_elem_value VALUE;
typedef struct snd_ctl_elem_list LIST; typedef struct snd_ctl_tlv TLV; typedef struct snd_ctl_event EVENT;
#define U(x) SNDRV_CTL_IOCTL_##x
static char control[64], playback[64];

static void list(unsigned offset, unsigned space, unsigned long pids) {
    clear(); AT(LIST)->offset = offset; AT(LIST)->space = space; AT(LIST)->pids = (void *)pids; io(0, U(ELEM_LIST), ARG);
}
static void id(ID *i, unsigned numid, int iface, unsigned dev, unsigned sub, const char *name, unsigned index) {
    i->numid = numid; i->iface = iface; i->device = dev; i->subdevice = sub; i->index = index; strncpy((char *)i->name, name, 44);
}
static long info(int f, unsigned numid) { clear(); AT(INFO)->id.numid = numid; return io(f, U(ELEM_INFO), ARG); }
static long rdv(int f, unsigned numid) { clear(); AT(VALUE)->id.numid = numid; return io(f, U(ELEM_READ), ARG); }
static long wr(int f, unsigned numid, long a, long b) {
    clear(); AT(VALUE)->id.numid = numid; AT(VALUE)->value.integer.value[0] = a; AT(VALUE)->value.integer.value[1] = b; return io(f, U(ELEM_WRITE), ARG);
}
static long wre(int f, unsigned numid, unsigned a) { clear(); AT(VALUE)->id.numid = numid; AT(VALUE)->value.enumerated.item[0] = a; return io(f, U(ELEM_WRITE), ARG); }
static long tlv(int f, unsigned long nr, unsigned numid, unsigned length, int bytes, unsigned first) {
    clear(); AT(TLV)->numid = numid; AT(TLV)->length = length;
    for (int i = 0; i < bytes / 4; i++) AT(TLV)->tlv[i] = first + i;
    return io(f, nr, ARG);
}
static void lock(int f, unsigned long nr, unsigned numid) { clear(); AT(ID)->numid = numid; io(f, nr, ARG); }
static void num(int f, unsigned long nr, int v) { clear(); *AT(int) = v; io(f, nr, ARG); }

static void add(int f, unsigned long nr, const char *name, int type, unsigned count, unsigned elements, unsigned access) {
    clear(); INFO *i = AT(INFO);
    id(&i->id, 0, 2, 0, 0, name, 0); i->type = type; i->count = count; i->owner = elements; i->access = access;
    if (type == 2) { i->value.integer.min = -5; i->value.integer.max = 100; i->value.integer.step = 3; }
    if (type == 6) { i->value.integer64.min = -5; i->value.integer64.max = 0x123456789abLL; i->value.integer64.step = 1; }
}
static unsigned lastnumid(void) {
    LIST l = { 0 }; static ID ids[300]; l.space = 300; l.pids = ids; ioctl(files[0], U(ELEM_LIST), &l);
    unsigned m = 0; for (unsigned i = 0; i < l.used; i++) if (ids[i].numid > m) m = ids[i].numid; return m;
}
static int count(void) { LIST l = { 0 }; ioctl(files[0], U(ELEM_LIST), &l); return l.count; }

static void card(void) {
    note("card"); clear(); io(0, U(PVERSION), ARG); io(0, U(PVERSION), 0x10);
    fill(0xab); io(0, U(CARD_INFO), ARG); io(0, U(CARD_INFO), 0x10);
    num(0, U(POWER), 0); num(0, U(POWER_STATE), 7); io(0, U(POWER_STATE), 0x10);
    io(0, _IO('U', 0x7f), ARG); io(0, _IO('A', 0x00), ARG); io(0, 0x5401, ARG); io(0, _IOR('U', 0x01, int), ARG);
}
static void lists(int n) {
    note("lists"); list(0, 0, 0); list(0, 3, BASE + 0x1000); list(2, 1000, BASE + 0x1000); list(2, 2, BASE + 0x1000); list(n, 4, BASE + 0x1000);
    list(1000, 4, BASE + 0x1000); list(0, 4, 0); list(1000, 4, 0); io(0, U(ELEM_LIST), 0x10); list(0, 20000, BASE + 0x1000);
    fill(0xab); AT(LIST)->offset = 0; AT(LIST)->space = 1; AT(LIST)->pids = (void *)(BASE + 0x1000); io(0, U(ELEM_LIST), ARG);
}
static void elements(int n) {
    for (int k = 1; k <= n; k++) {
        note("element"); info(0, k); unsigned t = AT(INFO)->type, items = t == 3 ? AT(INFO)->value.enumerated.items : 0;
        for (unsigned j = 1; j <= items && k < 60; j++) { clear(); AT(INFO)->id.numid = k; AT(INFO)->value.enumerated.item = j; io(0, U(ELEM_INFO), ARG); }
        rdv(0, k); tlv(0, U(TLV_READ), k, 256, 0, 0);
    }
    fill(0xab); AT(INFO)->id.numid = 1; io(0, U(ELEM_INFO), ARG);
    fill(0xab); AT(VALUE)->id.numid = 1; io(0, U(ELEM_READ), ARG);
    fill(0x00); io(0, U(ELEM_INFO), 0x10); io(0, U(ELEM_READ), 0x10); io(0, U(ELEM_WRITE), 0x10); io(0, U(ELEM_LOCK), 0x10);
    io(0, U(TLV_READ), 0x10); io(0, U(SUBSCRIBE_EVENTS), 0x10); io(0, U(ELEM_ADD), 0x10); io(0, U(ELEM_REMOVE), 0x10);
}
static void finding(const char *name) {
    static const struct { unsigned numid; int iface; unsigned dev, sub, index; int named; } q[] = {
        { 0, 2, 0, 0, 0, 1 }, { 0, 3, 0, 0, 0, 1 }, { 0, 2, 1, 0, 0, 1 }, { 0, 2, 0, 1, 0, 1 }, { 0, 2, 0, 0, 1, 1 }, { 0, 2, 0, 0, 0, 0 },
        { 1, 5, 9, 9, 9, 0 }, { 500, 2, 0, 0, 0, 1 }, { 0xffffffff, 2, 0, 0, 0, 1 } };
    for (unsigned i = 0; i < sizeof q / sizeof *q; i++) {
        note("finding"); clear(); id(&AT(INFO)->id, q[i].numid, q[i].iface, q[i].dev, q[i].sub, q[i].named ? name : "Nobody", q[i].index); io(0, U(ELEM_INFO), ARG);
        clear(); id(&AT(VALUE)->id, q[i].numid, q[i].iface, q[i].dev, q[i].sub, q[i].named ? name : "Nobody", q[i].index); io(0, U(ELEM_READ), ARG);
        clear(); id(AT(ID), q[i].numid, q[i].iface, q[i].dev, q[i].sub, q[i].named ? name : "Nobody", q[i].index); io(0, U(ELEM_LOCK), ARG); io(0, U(ELEM_UNLOCK), ARG);
    }
}
static void tlvs(int n) {
    note("TLV of odd lengths"); for (int l = 0; l < 40; l += 4) tlv(0, U(TLV_READ), 1, l, 0, 0);
    tlv(0, U(TLV_READ), 1, 18, 0, 0); tlv(0, U(TLV_READ), 0, 64, 0, 0); tlv(0, U(TLV_READ), n + 100, 64, 0, 0); tlv(0, U(TLV_WRITE), 1, 16, 16, 1); tlv(0, U(TLV_COMMAND), 1, 16, 16, 1);
    tlv(0, U(TLV_WRITE), n, 16, 16, 1);
}
static void locks(unsigned k) {
    note("locks"); lock(0, U(ELEM_UNLOCK), k); lock(0, U(ELEM_LOCK), k); info(0, k); info(1, k); lock(0, U(ELEM_LOCK), k); lock(1, U(ELEM_LOCK), k);
    wr(1, k, 7, 8); rdv(1, k); wr(0, k, 7, 8); lock(1, U(ELEM_UNLOCK), k); lock(0, U(ELEM_UNLOCK), k); wr(1, k, 9, 9); info(0, k);
    note("a lock ends with its file"); op(2, control, O_RDWR | O_NONBLOCK); lock(2, U(ELEM_LOCK), k); info(0, k); cl(2); info(0, k);
}
static void drainev(int f) { clear(); while (po(f) & POLLIN) { clear(); if (rd(f, ARG, sizeof(EVENT)) < 0) break; } rd(f, ARG, sizeof(EVENT)); }
static void events(unsigned k, unsigned k2) {
    note("events"); num(1, U(SUBSCRIBE_EVENTS), -1); clear(); rd(1, ARG, 72); po(1); num(1, U(SUBSCRIBE_EVENTS), 1); num(1, U(SUBSCRIBE_EVENTS), -1); num(1, U(SUBSCRIBE_EVENTS), 5); po(1);
    clear(); rd(1, ARG, 72); rd(1, ARG, 71); rd(1, ARG, 0);
    wr(0, k, 1, 1); wr(0, k, 2, 2); wr(0, k2, 1, 0); wr(0, k, 3, 3); po(1); fill(0xcd); rd(1, ARG, 40); rd(1, 0x10, 72); rd(1, ARG, 143); fill(0xcd); rd(1, ARG, 1000); po(1);
    wr(0, k, 3, 3); po(1); wr(0, k, 4, 3); wr(0, k2, 0, 1); fill(0); rd(1, ARG, 1000);
    note("a file hears of its own writes"); wr(1, k, 20, 21); po(1); lock(1, U(ELEM_LOCK), k); po(1); lock(1, U(ELEM_UNLOCK), k);
    num(1, U(SUBSCRIBE_EVENTS), 1); po(1); num(1, U(SUBSCRIBE_EVENTS), 0); po(1); num(1, U(SUBSCRIBE_EVENTS), 1); po(1); clear(); rd(1, ARG, 72);
}
static void ranges(unsigned k, unsigned sw) {
    static const long v[] = { -51, -50, 0, 100, 101, 12345678, -2147483647 };
    note("values out of range"); for (int i = 0; i < 7; i++) { wr(0, k, v[i], v[i]); rdv(0, k); }
    for (int i = 0; i < 4; i++) { wr(0, sw, i, 1 - i); rdv(0, sw); }
    fill(0xab); AT(VALUE)->id.numid = k; AT(VALUE)->indirect = 0; io(0, U(ELEM_WRITE), ARG);
    clear(); AT(VALUE)->id.numid = k; AT(VALUE)->indirect = 1; io(0, U(ELEM_WRITE), ARG);
    wr(0, k, 0, 0); wr(0, sw, 0, 0);
    note("the box that switches two others off"); num(1, U(SUBSCRIBE_EVENTS), 1); wre(0, 11, 0); info(0, 9); info(0, 10); rdv(0, 11); wr(0, 9, 5, 5); drainev(1); wre(0, 11, 2); wre(0, 11, 0); drainev(1); wre(0, 11, 1); info(0, 9); drainev(1); num(1, U(SUBSCRIBE_EVENTS), 0);
}
static void user(void) {
    static const int type[] = { 1, 2, 4, 5, 6 }; static const char *name[] = { "U Bool", "U Int", "U Bytes", "U IEC", "U Int64" }; static const int counts[] = { 2, 2, 5, 1, 2 };
    unsigned k; num(1, U(SUBSCRIBE_EVENTS), 1); drainev(1);
    for (int i = 0; i < 5; i++) {
        note("a user element"); note(name[i]); add(0, U(ELEM_ADD), name[i], type[i], counts[i], 0, 0); io(0, U(ELEM_ADD), ARG); k = lastnumid(); info(0, k); info(1, k); rdv(0, k);
        clear(); AT(VALUE)->id.numid = k; for (int j = 0; j < 40; j++) AT(VALUE)->value.bytes.data[j] = j + 1; io(0, U(ELEM_WRITE), ARG); rdv(1, k); wr(1, k, 1, 1); io(0, U(ELEM_WRITE), ARG); drainev(1);
    }
    note("an enumerated one"); add(0, U(ELEM_ADD), "U Enum", 3, 1, 0, 3); AT(INFO)->value.enumerated.items = 3; AT(INFO)->value.enumerated.names_ptr = BASE + 0x2000; AT(INFO)->value.enumerated.names_length = 16;
    memcpy(A + 0x2000, "one\0two\0three\0\0", 16); io(0, U(ELEM_ADD), ARG); k = lastnumid();
    for (unsigned j = 0; j < 5; j++) { clear(); AT(INFO)->id.numid = k; AT(INFO)->value.enumerated.item = j; io(0, U(ELEM_INFO), ARG); }
    wre(0, k, 2); rdv(0, k); wre(0, k, 99); rdv(0, k); drainev(1);
    note("bad names"); static const struct { int items, len; const char *n; unsigned long at; } e[] = { { 3, 8, "one\0two\0", BASE + 0x2000 }, { 2, 8, "one\0two\0", BASE + 0x2000 }, { 2, 7, "one\0two", BASE + 0x2000 },
        { 2, 5, "\0two\0", BASE + 0x2000 }, { 0, 5, "\0two\0", BASE + 0x2000 }, { 1, 70000, "one", BASE + 0x2000 }, { 1, 4, "one", 0x10 }, { 1, 0, "one", BASE + 0x2000 },
        { 1, 70, "0123456789012345678901234567890123456789012345678901234567890123456789", BASE + 0x2000 }, { 1, 65, "0123456789012345678901234567890123456789012345678901234567890123", BASE + 0x2000 },
        { 1, 64, "012345678901234567890123456789012345678901234567890123456789012", BASE + 0x2000 } };
    for (unsigned i = 0; i < sizeof e / sizeof *e; i++) {
        char n[16]; sprintf(n, "E%u", i); add(0, U(ELEM_ADD), n, 3, 1, 0, 3); AT(INFO)->value.enumerated.items = e[i].items; AT(INFO)->value.enumerated.names_ptr = e[i].at; AT(INFO)->value.enumerated.names_length = e[i].len;
        memcpy(A + 0x2000, e[i].n, e[i].len < 100 ? e[i].len : 4); io(0, U(ELEM_ADD), ARG);
    }
    note("a group of three"); add(0, U(ELEM_ADD), "U Group", 2, 2, 3, 3); AT(INFO)->id.index = 4; AT(INFO)->id.device = 1; io(0, U(ELEM_ADD), ARG); k = lastnumid();
    info(0, k - 2); info(0, k - 1); info(0, k); wr(0, k - 1, 11, 12); rdv(0, k - 2); rdv(0, k - 1); rdv(0, k);
    clear(); id(&AT(INFO)->id, 0, 2, 1, 0, "U Group", 6); io(0, U(ELEM_INFO), ARG); clear(); id(&AT(INFO)->id, 0, 2, 1, 0, "U Group", 7); io(0, U(ELEM_INFO), ARG); drainev(1);
    note("what is refused"); add(0, U(ELEM_ADD), "U Bool", 1, 1, 0, 0); io(0, U(ELEM_ADD), ARG); add(0, U(ELEM_ADD), "", 1, 1, 0, 0); io(0, U(ELEM_ADD), ARG);
    for (int t = -1; t < 8; t++) { if (t == 3) continue; add(0, U(ELEM_ADD), "V", t, 0, 0, 0); io(0, U(ELEM_ADD), ARG); }
    static const int big[][2] = { { 1, 129 }, { 2, 129 }, { 4, 513 }, { 5, 2 }, { 6, 65 } }; for (int i = 0; i < 5; i++) { add(0, U(ELEM_ADD), "V", big[i][0], big[i][1], 0, 0); io(0, U(ELEM_ADD), ARG); }
    add(0, U(ELEM_ADD), "V", 1, 1, 1029, 0); io(0, U(ELEM_ADD), ARG); add(0, U(ELEM_ADD), "V", 1, 1, -1, 0); io(0, U(ELEM_ADD), ARG);
    add(0, U(ELEM_ADD), "V", 1, 1, 2, 0); AT(INFO)->id.index = 0xffffffff; io(0, U(ELEM_ADD), ARG); add(0, U(ELEM_ADD), "V", 1, 1, 1, 0); AT(INFO)->id.iface = 77; io(0, U(ELEM_ADD), ARG); k = lastnumid();
    if (AT(INFO)->id.numid) { lock(0, U(ELEM_REMOVE), k); }
    add(0, U(ELEM_ADD), "01234567890123456789012345678901234567890123456789", 1, 1, 1, 0); io(0, U(ELEM_ADD), ARG);
    add(0, U(ELEM_ADD), "W", 1, 1, 0, 0); AT(INFO)->id.numid = 1; io(0, U(ELEM_ADD), ARG); add(0, U(ELEM_ADD), "X", 1, 1, 0, 0); AT(INFO)->id.numid = 5000; io(0, U(ELEM_ADD), ARG); drainev(1);
    note("access"); static const unsigned acc[] = { 1, 2, 4, 0x10, 0x20, 0x23, 0x40, 0x100, 0x103, 0xffffffff };
    for (unsigned i = 0; i < sizeof acc / sizeof *acc; i++) { char n[16]; sprintf(n, "A%u", i); add(0, U(ELEM_ADD), n, 1, 1, 0, acc[i]); io(0, U(ELEM_ADD), ARG); k = lastnumid(); info(0, k); rdv(0, k); wr(0, k, 1, 0); lock(0, U(ELEM_REMOVE), k); }
    drainev(1);
    note("TLV of a user element"); add(0, U(ELEM_ADD), "U TLV", 2, 1, 2, 0x23); io(0, U(ELEM_ADD), ARG); k = lastnumid(); drainev(1); tlv(0, U(TLV_READ), k, 64, 0, 0); info(0, k); tlv(0, U(TLV_WRITE), k, 16, 16, 1); info(0, k); tlv(0, U(TLV_READ), k, 64, 0, 0);
    drainev(1); tlv(0, U(TLV_WRITE), k, 16, 16, 1); drainev(1); tlv(0, U(TLV_WRITE), k, 24, 24, 5); drainev(1); tlv(0, U(TLV_READ), k, 20, 0, 0); tlv(0, U(TLV_READ), k, 24, 0, 0); tlv(0, U(TLV_READ), k, 23, 0, 0);
    tlv(1, U(TLV_WRITE), k, 16, 16, 1); tlv(1, U(TLV_READ), k, 64, 0, 0); tlv(0, U(TLV_COMMAND), k, 16, 16, 1); tlv(0, U(TLV_WRITE), k, 131072, 8, 1); tlv(0, U(TLV_WRITE), k, 131076, 8, 1); tlv(0, U(TLV_WRITE), k, 8, 0, 0); tlv(0, U(TLV_WRITE), k, 4, 0, 0);
    lock(0, U(ELEM_UNLOCK), k); tlv(1, U(TLV_WRITE), k, 16, 16, 9); tlv(1, U(TLV_WRITE), k - 1, 16, 16, 9); drainev(1);
    note("replace"); clear(); add(0, U(ELEM_REPLACE), "U Int", 4, 3, 0, 1); io(0, U(ELEM_REPLACE), ARG); info(0, lastnumid()); drainev(1);
    add(0, U(ELEM_REPLACE), "Nobody", 4, 3, 0, 1); io(0, U(ELEM_REPLACE), ARG); add(0, U(ELEM_REPLACE), "Master Volume", 2, 2, 0, 1); io(0, U(ELEM_REPLACE), ARG);
    add(1, U(ELEM_REPLACE), "U Int", 4, 3, 0, 1); io(1, U(ELEM_REPLACE), ARG); add(0, U(ELEM_REPLACE), "U Int", 9, 3, 0, 1); io(0, U(ELEM_REPLACE), ARG); clear(); id(&AT(INFO)->id, 0, 2, 0, 0, "U Int", 0); io(0, U(ELEM_INFO), ARG); drainev(1);
    note("remove"); lock(0, U(ELEM_REMOVE), 1); lock(0, U(ELEM_REMOVE), 9999); clear(); id(AT(ID), 0, 2, 0, 0, "U Bool", 0); io(1, U(ELEM_REMOVE), ARG); io(0, U(ELEM_REMOVE), ARG); io(0, U(ELEM_REMOVE), ARG);
    clear(); id(AT(ID), 0, 2, 1, 0, "U Group", 5); io(0, U(ELEM_REMOVE), ARG); drainev(1);
    note("a file that is closed leaves its user elements unlocked"); op(2, control, O_RDWR | O_NONBLOCK); add(2, U(ELEM_ADD), "U Left", 1, 1, 0, 3); io(2, U(ELEM_ADD), ARG); cl(2); k = lastnumid(); info(0, k); wr(0, k, 1, 0); lock(1, U(ELEM_REMOVE), k); drainev(1); list(0, 100, BASE + 0x1000);
    note("many"); num(1, U(SUBSCRIBE_EVENTS), 0); for (int i = 0; i < 40; i++) { char n[16]; sprintf(n, "M%d", i); add(0, U(ELEM_ADD), n, 1, 1, 0, 3); io(0, U(ELEM_ADD), ARG); }
    for (int i = 0; i < 18; i++) { char n[16]; sprintf(n, "B%d", i); add(0, U(ELEM_ADD), n, 4, 512, 1028, 3); io(0, U(ELEM_ADD), ARG); }
    add(0, U(ELEM_ADD), "last", 4, 512, 2000, 3); io(0, U(ELEM_ADD), ARG);
}
static void pinfo(int dev, int stream, int sub) {
    clear(); struct snd_pcm_info *p = AT(struct snd_pcm_info); p->device = dev; p->stream = stream; p->subdevice = sub; io(0, U(PCM_INFO), ARG);
}
static void devices(void) {
    note("devices"); static const int n[] = { -100, -1, 0, 1, 2, 1000 };
    for (int i = 0; i < 6; i++) { num(0, U(PCM_NEXT_DEVICE), n[i]); num(0, U(HWDEP_NEXT_DEVICE), n[i]); num(0, U(RAWMIDI_NEXT_DEVICE), n[i]); }
    io(0, U(PCM_NEXT_DEVICE), 0x10); io(0, U(PCM_INFO), 0x10); io(0, U(HWDEP_INFO), 0x10); io(0, U(RAWMIDI_INFO), 0x10); io(0, U(HWDEP_NEXT_DEVICE), 0x10);
    for (int d = -1; d < 3; d++) for (int s = -1; s < 3; s++) for (int k = -1; k < 9; k += 1) if (k < 2 || d == 0) pinfo(d, s, k);
    fill(0xab); struct snd_pcm_info *p = AT(struct snd_pcm_info); p->device = 0; p->stream = 0; p->subdevice = 0; io(0, U(PCM_INFO), ARG);
    note("a device that is open"); op(3, playback, O_RDWR | O_NONBLOCK); pinfo(0, 0, 0); pinfo(0, 0, 1); pinfo(0, 1, 0); cl(3); pinfo(0, 0, 0);
    num(0, U(HWDEP_INFO), 0); num(0, U(RAWMIDI_INFO), 0); num(0, U(PCM_PREFER_SUBDEVICE), 3); num(0, U(RAWMIDI_PREFER_SUBDEVICE), 3); io(0, U(PCM_PREFER_SUBDEVICE), 0x10); num(0, U(PCM_PREFER_SUBDEVICE), -1);
}
static void aloop(void) {
    note("the cable's elements"); num(1, U(SUBSCRIBE_EVENTS), 1); ID *i; static const char *n[] = { "PCM Rate Shift 100000", "PCM Notify", "PCM Slave Active", "PCM Slave Format", "PCM Slave Rate", "PCM Slave Channels" };
    for (int e = 0; e < 6; e++) for (int d = 0; d < 2; d++) {
        note(n[e]); static const long v[] = { 1, 0, 2, 79999, 80000, 100000, 120000, 120001, -1 };
        for (int j = 0; j < 9; j++) { clear(); id(&AT(VALUE)->id, 0, 3, d, 2, n[e], 0); AT(VALUE)->value.integer.value[0] = v[j]; io(0, U(ELEM_WRITE), ARG); clear(); id(&AT(VALUE)->id, 0, 3, d, 2, n[e], 0); io(0, U(ELEM_READ), ARG); }
        drainev(1);
    }
}
int main(int argc, char **argv) {
    int c = atoi(argv[1]); sprintf(control, "/dev/snd/controlC%d", c); sprintf(playback, "/dev/snd/pcmC%dD0p", c);
    start(); op(0, control, O_RDWR | O_NONBLOCK); op(1, control, O_RDONLY | O_NONBLOCK); int n = count();
    card(); lists(n); elements(n);
    if (c == 0) { finding("Master Volume"); tlvs(n); locks(1); events(1, 2); ranges(1, 2); }
    else aloop();
    devices();
    if (c == 0) user();
    return 0;
}
