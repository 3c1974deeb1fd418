"""Plays and records WAV files through a pcmshare server, with nothing but Python's own library.

    client.py play    SOCKET FILE.wav
    client.py record  SOCKET FILE.wav SECONDS     what the microphone hears
    client.py monitor SOCKET FILE.wav SECONDS     what the device plays

It was written from docs/protocol.md alone, to see that the page suffices. Exit status: 0 done, 1 refused
or revoked, 2 anything else.
"""

import ctypes
import errno
import fcntl
import mmap
import os
import select
import socket
import struct
import sys
import threading

MESSAGE = struct.Struct("=IHHII48s")
MAGIC, VERSION = 0x534D4350, 1
OFFER, READY, BEGIN, DONE, REVOKED, REFUSED, FINISHED = range(2, 9)
MEMORY, MOVED, OPEN, CALL, RESULT = range(9, 14)
PREPARE = 0x40
MONITOR = 8
PLAYBACK, CAPTURE = 0, 1
DEFAULT_DEVICE = 0xFFFFFFFF
XRUN, DISCONNECTED = 4, 8

# permission bits: the ring to read and to write, the two pages
READ, WRITE, STATUS, CONTROL = 1, 2, 4, 8

PAGE = 4096
WAKE_BLOCK = 2048
WAKE_MAGIC = int.from_bytes(b"PSWC", "little")
FUTEX_WAIT, FUTEX_WAKE = 0, 1
FUTEX_CALL = {"x86_64": 202, "aarch64": 98, "riscv64": 98}[os.uname().machine]

# A server that was killed wakes nobody: after so long a wait the socket is asked whether it lives.
LOOK_SECONDS = 0.25

# (WAV format tag, bits) to SNDRV_PCM_FORMAT_*
FORMATS = {(1, 8): 1, (1, 16): 2, (1, 24): 32, (1, 32): 10, (3, 32): 14, (3, 64): 16}

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
libc.syscall.restype = ctypes.c_long


class Denied(Exception):
    """The server said no, or took back what it gave."""


class Gone(Exception):
    """The server ended, or ended this session."""


def futex(address, operation, value, seconds=None):
    """False if it waited for so many seconds in vain."""
    timeout = None
    if seconds is not None:
        timeout = struct.pack("@ll", int(seconds), int(seconds % 1 * 1e9))
    answer = libc.syscall(
        ctypes.c_long(FUTEX_CALL),
        ctypes.c_void_p(address),
        ctypes.c_int(operation),
        ctypes.c_uint32(value),
        timeout,
        None,
        ctypes.c_int(0),
    )
    return answer >= 0 or ctypes.get_errno() != errno.ETIMEDOUT


def full_fence(lock=threading.Lock()):
    """Python has no fences; an uncontended lock is taken by an instruction that is one."""
    with lock:
        pass


class Field:
    """An aligned field of a mapped page. Read and written at once, as struct.pack_into would not be."""

    def __init__(self, page, offset, kind):
        self.page, self.offset, self.kind = page, offset, kind

    def __get__(self, memory, owner):
        return self.kind.from_address(getattr(memory, self.page) + self.offset).value

    def __set__(self, memory, value):
        self.kind.from_address(getattr(memory, self.page) + self.offset).value = value


class Memory:
    """The ring and its two pages."""

    state = Field("status", 0, ctypes.c_int32)
    hw_ptr = Field("status", 8, ctypes.c_uint64)
    wake_seq = Field("status", WAKE_BLOCK + 8, ctypes.c_uint32)
    kick_wanted = Field("status", WAKE_BLOCK + 12, ctypes.c_uint32)
    news = Field("status", WAKE_BLOCK + 28, ctypes.c_uint32)
    appl_ptr = Field("control", 0, ctypes.c_uint64)
    avail_min = Field("control", 8, ctypes.c_uint64)
    wake_magic = Field("control", WAKE_BLOCK, ctypes.c_uint32)
    wake_version = Field("control", WAKE_BLOCK + 4, ctypes.c_uint32)
    waiting = Field("control", WAKE_BLOCK + 8, ctypes.c_uint32)
    kick_seq = Field("control", WAKE_BLOCK + 12, ctypes.c_uint32)

    def __init__(self, fds, ring_bytes, writes):
        if len(fds) != 3:
            raise Gone(f"{len(fds)} descriptors came where 3 were due")
        writable = mmap.PROT_READ | mmap.PROT_WRITE
        self.maps = []
        try:
            self.ring = self.map(fds[0], ring_bytes, writable if writes else mmap.PROT_READ)
            self.status = self.map(fds[1], PAGE, mmap.PROT_READ)
            self.control = self.map(fds[2], PAGE, writable)
        finally:
            for fd in fds:
                os.close(fd)
        self.wake_magic, self.wake_version = WAKE_MAGIC, 1

    def map(self, fd, size, protection):
        # Memory that can shrink, or is too small, would be a SIGBUS in the middle of a copy.
        if not fcntl.fcntl(fd, fcntl.F_GET_SEALS) & fcntl.F_SEAL_SHRINK:
            raise Gone("memory came that is not sealed")
        if os.fstat(fd).st_size < size:
            raise Gone("memory came that is too small")
        # mmap.mmap does not tell the address of a map that is read-only, and a futex needs it
        address = libc.mmap(None, size, protection, mmap.MAP_SHARED, fd, 0)
        if address == ctypes.c_void_p(-1).value:
            raise OSError(ctypes.get_errno(), "mmap")
        self.maps.append((address, size))
        return address

    def close(self):
        for address, size in self.maps:
            libc.munmap(address, size)
        self.maps.clear()


class Session:
    """One stream, from OPEN to the end of the connection."""

    def __init__(self, path, stream, sound, flags=0):
        self.peer = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.peer.connect(path)
        self.stream, self.sound = stream, sound
        self.playing = False
        self.news = 0
        wish = (flags, stream, sound.format, sound.channels, sound.rate, DEFAULT_DEVICE, 0, 0)
        self.send(OPEN, struct.pack("=8I", *wish))
        body, fds = self.expect(OFFER)
        offered = struct.unpack("=4I4Q", body)
        if offered[:4] != wish[1:5]:
            raise Gone("what is offered is not what was asked for")
        self.period, self.buffer, self.boundary, permissions = offered[4:]
        needed = READ | STATUS | CONTROL | (WRITE if stream == PLAYBACK else 0)
        if permissions & needed != needed:
            raise Denied("EPERM")
        self.memory = self.map(fds)
        self.memory.avail_min = self.period

    def map(self, fds):
        ring_bytes = -(-self.buffer * self.sound.frame_bytes // mmap.PAGESIZE) * mmap.PAGESIZE
        return Memory(fds, ring_bytes, self.stream == PLAYBACK)

    def send(self, kind, body=b""):
        try:
            self.peer.send(MESSAGE.pack(MAGIC, VERSION, kind, MESSAGE.size, 0, body))
        except (BrokenPipeError, ConnectionResetError):
            pass  # why it was closed may still wait to be read: the next receive() tells

    def receive(self):
        """The next message: its type, body and descriptors."""
        for last in (False, True):
            try:
                packet, fds, _, _ = socket.recv_fds(self.peer, MESSAGE.size + 1, 3)
                break
            except ConnectionResetError:
                # said once; after it comes what the server had said before
                if last:
                    raise Gone("the server is gone") from None
        if not packet:
            raise Gone("the server is gone")
        if len(packet) != MESSAGE.size:
            raise Gone("a message of another size came")
        magic, version, kind, size, _, body = MESSAGE.unpack(packet)
        if (magic, version, size) != (MAGIC, VERSION, MESSAGE.size):
            raise Gone("a message of another protocol came")
        return kind, body, fds

    def expect(self, wanted):
        """The body and descriptors of the answer; what may come in between is done."""
        while True:
            kind, body, fds = self.receive()
            if kind == wanted:
                return body, fds
            self.unasked(kind, body, fds)

    def unasked(self, kind, body, fds):
        if kind == REFUSED:
            number = struct.unpack_from("=I", body)[0]
            raise Denied("refused: " + errno.errorcode.get(number, str(number)))
        if kind == REVOKED:
            raise Denied(f"revoked at frame {struct.unpack_from('=Q', body)[0]}")
        if kind != MEMORY:
            raise Gone(f"a message of type {kind} came out of turn")
        if self.playing:
            self.move(self.map(fds))
        else:
            # It crossed our DONE or CALL. Who does not answer stays where he is.
            for fd in fds:
                os.close(fd)

    def move(self, new):
        """Goes on in other memory."""
        old = self.memory
        if self.stream == PLAYBACK:
            ctypes.memmove(new.ring, old.ring, self.buffer * self.sound.frame_bytes)
        new.avail_min = old.avail_min
        new.appl_ptr = old.appl_ptr
        self.send(MOVED)
        self.memory, self.news = new, 0
        while self.memory is new and new.state == 0:
            seq = new.wake_seq
            if new.state == 0:
                futex(new.status + WAKE_BLOCK + 8, FUTEX_WAIT, seq, 0.001)
                self.hear_news()  # it may be revoked instead, or moved once more
        old.close()

    def hear_news(self):
        while select.select([self.peer], [], [], 0)[0]:
            self.unasked(*self.receive())

    def begin(self, frames):
        self.send(READY, struct.pack("=Q", frames))
        self.expect(BEGIN)
        self.playing = True

    def prepare(self):
        """After an XRUN: all is as after an OFFER."""
        self.playing = False
        self.send(CALL, struct.pack("=II", PREPARE, 0))
        what, answer = struct.unpack_from("=Ii", self.expect(RESULT)[0])
        if what != PREPARE or answer != 0:
            raise Denied("PREPARE: " + errno.errorcode.get(-answer, str(answer)))
        self.memory.appl_ptr = self.memory.hw_ptr

    def available(self):
        """Frames that can be written, or read."""
        memory = self.memory
        if self.stream == CAPTURE:
            return (memory.hw_ptr - memory.appl_ptr) % self.boundary
        return self.buffer - (memory.appl_ptr - memory.hw_ptr) % self.boundary

    def wait(self):
        """Until there is something to write or read; false if it is too late for that."""
        while True:
            memory = self.memory
            seq = memory.wake_seq
            if memory.news != self.news:
                self.news = memory.news
                self.hear_news()
                continue
            if memory.state == DISCONNECTED:
                self.unasked(*self.receive())
                continue
            if memory.state == XRUN:
                return False
            if self.available() >= self.period:
                return True
            memory.waiting = 1
            full_fence()
            woken = True
            if memory.wake_seq == seq:
                woken = futex(memory.status + WAKE_BLOCK + 8, FUTEX_WAIT, seq, LOOK_SECONDS)
            memory.waiting = 0
            if not woken:
                self.hear_news()

    def pieces(self, frames):
        """Where so many frames from appl_ptr on lie: address and bytes, twice if they wrap around."""
        size = self.sound.frame_bytes
        at = self.memory.appl_ptr % self.buffer
        first = min(frames, self.buffer - at)
        yield self.memory.ring + at * size, first * size
        if frames > first:
            yield self.memory.ring, (frames - first) * size

    def advance(self, frames):
        """Moves appl_ptr, and says so to whoever wants to be told."""
        memory = self.memory
        full_fence()  # the samples come first
        memory.appl_ptr = (memory.appl_ptr + frames) % self.boundary
        full_fence()
        if memory.kick_wanted:
            memory.kick_seq = (memory.kick_seq + 1) & 0xFFFFFFFF
            futex(memory.control + WAKE_BLOCK + 12, FUTEX_WAKE, 1)


class Sound:
    """What a WAV file holds."""

    def __init__(self, form, channels, rate, bits, data=b""):
        self.format, self.channels, self.rate = form, channels, rate
        self.frame_bytes = channels * bits // 8
        self.data = data
        self.frames = len(data) // self.frame_bytes

    @staticmethod
    def read(path):
        with open(path, "rb") as file:
            riff = file.read()
        if riff[:4] != b"RIFF" or riff[8:12] != b"WAVE":
            raise ValueError(f"{path}: not a WAV file")
        at, layout = 12, None
        while at + 8 <= len(riff):
            name, size = struct.unpack_from("<4sI", riff, at)
            at += 8
            if name == b"fmt ":
                tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", riff, at)
                if tag == 0xFFFE:  # extensible: the tag begins a GUID
                    tag = struct.unpack_from("<H", riff, at + 24)[0]
                if (tag, bits) not in FORMATS:
                    raise ValueError(f"{path}: format {tag} of {bits} bits")
                layout = (FORMATS[tag, bits], channels, rate, bits)
            elif name == b"data" and layout:
                return Sound(*layout, riff[at : at + size])
            at += size + size % 2  # chunks are padded to whole words
        raise ValueError(f"{path}: no samples")


def play(path, file):
    sound = Sound.read(file)
    session = Session(path, PLAYBACK, sound)
    samples = ctypes.create_string_buffer(sound.data, len(sound.data))
    written = begun = 0  # frames of the file; frame 0 of the stream is begun

    def write():
        nonlocal written
        frames = min(session.available(), sound.frames - written)
        at = ctypes.addressof(samples) + written * sound.frame_bytes
        for address, size in session.pieces(frames):
            ctypes.memmove(address, at, size)
            at += size
        session.advance(frames)
        written += frames
        return frames

    session.begin(write())
    while written < sound.frames or session.memory.state == XRUN:
        if session.wait():
            write()
            continue
        print("too late", file=sys.stderr)
        # what came too late is in the ring and was not heard: it is written again
        begun = written = min(begun + session.memory.hw_ptr, written)
        if written == sound.frames:
            break
        session.prepare()
        session.begin(write())
    else:
        session.playing = False
        session.send(DONE, struct.pack("=Q", written - begun))
        written = begun + struct.unpack_from("=Q", session.expect(FINISHED)[0])[0]
    print("heard", written)


def record(path, file, seconds, flags):
    channels, rate, bits = 2, 48_000, 16
    sound = Sound(FORMATS[1, bits], channels, rate, bits)
    session = Session(path, CAPTURE, sound, flags)
    missing = int(float(seconds) * rate)
    heard = bytearray()
    session.begin(0)
    while missing > 0:
        if not session.wait():
            print("too late", file=sys.stderr)
            session.prepare()
            session.begin(0)
            continue
        frames = min(session.available(), missing)
        for address, size in session.pieces(frames):
            heard += ctypes.string_at(address, size)
        session.advance(frames)
        missing -= frames
    size = sound.frame_bytes
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * size, size, bits)
    with open(file, "wb") as out:
        out.write(struct.pack("<4sI4s4sI", b"RIFF", 36 + len(heard), b"WAVE", b"fmt ", len(form)))
        out.write(form + struct.pack("<4sI", b"data", len(heard)) + heard)
    print("recorded", len(heard) // size)


def main(arguments):
    match arguments:
        case ["play", path, file]:
            play(path, file)
        case ["record", path, file, seconds]:
            record(path, file, seconds, 0)
        case ["monitor", path, file, seconds]:
            record(path, file, seconds, MONITOR)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Denied as denied:
        print(denied)
        sys.exit(1)
    except (Gone, OSError, ValueError) as problem:
        print(problem)
        sys.exit(2)
