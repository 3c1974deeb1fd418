package io.pcmshare.core.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.kernel.AskedDevice;
import io.pcmshare.core.kernel.Recording;
import io.pcmshare.core.user.UserMemory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The answers of Linux 6.1's timer device, byte for byte; recorded by record-timer.c. */
final class RecordedTimerTest {
    @ParameterizedTest
    @CsvSource({"timer.txt, false", "timer-i386.txt, true", "timer-i386-time64.txt, true"})
    void everyRecordedCallIsAnsweredAsTheKernelDid(String name, boolean compat32) {
        Recording recording = Recording.of(name);

        assertThat(recording.differences(new Device(compat32))).isEmpty();
        // counted, so that a file that could not be read does not pass
        assertThat(recording.calls()).isGreaterThan(300);
    }

    private static final class Device implements AskedDevice {
        private static final long NANOS_PER_MILLI = 1_000_000;

        private final ManualClock clock = new ManualClock();
        private final Timers timers = new Timers(clock);
        private final Map<Integer, TimerFile> files = new HashMap<>();
        private final boolean compat32;

        /** With snd-dummy's timers and snd-aloop's. */
        Device(boolean compat32) {
            this.compat32 = compat32;
            for (int substream = 0; substream < 8; substream++) {
                for (boolean capture : new boolean[] {false, true}) {
                    timers.addPcm(0, 0, capture, substream);
                    timers.addPcm(1, 0, capture, substream);
                    timers.addPcm(1, 1, capture, substream);
                }
            }
        }

        private TimerFile file(int file) {
            return Objects.requireNonNull(files.get(file));
        }

        @Override
        public void pid(int pid) {}

        @Override
        public int open(int file, String name) {
            files.put(file, timers.open());
            return 0;
        }

        @Override
        public void close(int file) {
            file(file).close();
        }

        @Override
        public int ioctl(int file, int request, long argument, UserMemory memory) {
            return file(file).ioctl(request, argument, memory, compat32);
        }

        @Override
        public int read(int file, UserMemory memory, long address, long bytes) {
            return file(file).read(memory, address, bytes);
        }

        @Override
        public int poll(int file) {
            return file(file).pollEvents();
        }

        @Override
        public void await(int file) {
            int events = file(file).queue().used();
            while (file(file).queue().used() == events && events == 0) {
                clock.advanceTo(timers.nextTickNanos());
                timers.tick();
            }
        }

        @Override
        public void sleep(int millis) {
            long end = clock.monotonicNanos() + millis * NANOS_PER_MILLI;
            while (timers.nextTickNanos() <= end) {
                clock.advanceTo(timers.nextTickNanos());
                timers.tick();
            }
            clock.advanceTo(end);
        }
    }
}
