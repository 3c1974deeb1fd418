package io.pcmshare.core.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.kernel.AskedDevice;
import io.pcmshare.core.kernel.Recording;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.user.UserMemory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The answers of Linux 6.1's control devices, byte for byte; recorded by record-ctl.c. */
final class RecordedControlTest {
    @ParameterizedTest
    @CsvSource({
        "ctl-snd-dummy.txt, false",
        "ctl-snd-dummy-i386.txt, true",
        "ctl-snd-aloop.txt, false",
        "ctl-snd-aloop-i386.txt, true"
    })
    void everyRecordedCallIsAnsweredAsTheKernelDid(String name, boolean compat32) {
        ControlSet set = name.contains("dummy") ? TestCards.dummy() : TestCards.loopback();
        Recording recording = Recording.of(name);

        assertThat(recording.differences(new Device(set, compat32))).isEmpty();
        // counted, so that a file that could not be read does not pass
        assertThat(recording.calls()).isGreaterThan(600);
    }

    private static final class Device implements AskedDevice {
        private final ControlSet set;
        private final boolean compat32;
        private final Map<Integer, AutoCloseable> files = new HashMap<>();
        private int pid;

        Device(ControlSet set, boolean compat32) {
            this.set = set;
            this.compat32 = compat32;
        }

        @Override
        public void pid(int newPid) {
            pid = newPid;
        }

        @Override
        public int open(int file, String name) {
            if (name.contains("control")) {
                files.put(file, set.open(pid));
                return 0;
            }
            PcmDevice device = set.card().devices().getFirst();
            try {
                files.put(file, device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, -1));
                return 0;
            } catch (PcmOpenException e) {
                return Errno.EBUSY.negated();
            }
        }

        @Override
        public void close(int file) {
            switch (files.remove(file)) {
                case CtlFile control -> control.close();
                case PcmFile pcm -> pcm.close();
                case null, default -> throw new IllegalStateException("file=" + file);
            }
        }

        private CtlFile control(int file) {
            return (CtlFile) Objects.requireNonNull(files.get(file));
        }

        @Override
        public int ioctl(int file, int request, long argument, UserMemory memory) {
            return control(file).ioctl(request, argument, memory, compat32);
        }

        @Override
        public int read(int file, UserMemory memory, long address, long bytes) {
            return control(file).read(memory, address, bytes);
        }

        @Override
        public int poll(int file) {
            return control(file).pollEvents();
        }

        @Override
        public void await(int file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sleep(int millis) {
            throw new UnsupportedOperationException();
        }
    }
}
