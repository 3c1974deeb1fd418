/* abi-ctl-timer.c - sizes and field offsets of the control, timer and hwdep ABI as this compiler sees them.
 * gcc -w; also -m32, and -m32 -D_TIME_BITS=64 -D_FILE_OFFSET_BITS=64. */
#include <stddef.h>
#include <stdio.h>
#include <time.h>
#include <sound/asound.h>
#define SZ(t) SZN(t)
#define SZN(t) printf("sizeof %-28s %zu align %zu\n", #t, sizeof(t), _Alignof(t))
#define F(f) printf("  %-28s +%-4zu size %zu\n", #f, offsetof(T, f), sizeof(((T *)0)->f))
#define G(name, f) printf("  %-28s +%-4zu size %zu\n", #name, offsetof(T, f), sizeof(((T *)0)->f))
int main(void) {
    printf("# sizeof(long) %zu, sizeof(time_t) %zu\n", sizeof(long), sizeof(time_t));
#define T struct snd_ctl_card_info
    SZ(T); F(card); F(pad); F(id); F(driver); F(name); F(longname); F(reserved_); F(mixername); F(components);
#undef T
#define T struct snd_ctl_elem_id
    SZ(T); F(numid); F(iface); F(device); F(subdevice); F(name); F(index);
#undef T
#define T struct snd_ctl_elem_list
    SZ(T); F(offset); F(space); F(used); F(count); F(pids); F(reserved);
#undef T
#define T struct snd_ctl_elem_info
    SZ(T); F(id); F(type); F(access); F(count); F(owner); F(value); F(reserved);
    F(value.integer.min); F(value.integer.max); F(value.integer.step);
    F(value.integer64.min); F(value.integer64.max); F(value.integer64.step);
    F(value.enumerated.items); F(value.enumerated.item); F(value.enumerated.name); F(value.enumerated.names_ptr); F(value.enumerated.names_length);
#undef T
#define T struct snd_ctl_elem_value
    SZ(T); F(id); F(value); F(reserved);
#undef T
#define T struct snd_ctl_tlv
    SZ(T); F(numid); F(length);
#undef T
#define T struct snd_ctl_event
    SZ(T); F(type); G(mask, data.elem.mask); G(id, data.elem.id);
#undef T
#define T struct snd_hwdep_info
    SZ(T); F(device); F(card); F(id); F(name); F(iface); F(reserved);
#undef T
#define T struct snd_timer_id
    SZ(T); F(dev_class); F(dev_sclass); F(card); F(device); F(subdevice);
#undef T
#define T struct snd_timer_ginfo
    SZ(T); F(tid); F(flags); F(card); F(id); F(name); F(reserved0); F(resolution); F(resolution_min); F(resolution_max); F(clients); F(reserved);
#undef T
#define T struct snd_timer_gparams
    SZ(T); F(tid); F(period_num); F(period_den); F(reserved);
#undef T
#define T struct snd_timer_gstatus
    SZ(T); F(tid); F(resolution); F(resolution_num); F(resolution_den); F(reserved);
#undef T
#define T struct snd_timer_select
    SZ(T); F(id); F(reserved);
#undef T
#define T struct snd_timer_info
    SZ(T); F(flags); F(card); F(id); F(name); F(reserved0); F(resolution); F(reserved);
#undef T
#define T struct snd_timer_params
    SZ(T); F(flags); F(ticks); F(queue_size); F(reserved0); F(filter); F(reserved);
#undef T
#define T struct snd_timer_status
    SZ(T); F(tstamp); F(resolution); F(lost); F(overrun); F(queue); F(reserved);
#undef T
#define T struct snd_timer_read
    SZ(T); F(resolution); F(ticks);
#undef T
#define T struct snd_timer_tread
    SZ(T); F(event); F(tstamp); F(val);
    return 0;
}
