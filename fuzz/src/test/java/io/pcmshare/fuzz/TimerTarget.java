package io.pcmshare.fuzz;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.TimerIoctl;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.timer.TimerFile;
import io.pcmshare.core.timer.Timers;

/** Ioctls of a descriptor of {@code /dev/snd/timer}. */
final class TimerTarget {
    private TimerTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        Calls calls = new Calls(data);
        DataModel model = calls.model();
        boolean is32Bit = model != DataModel.LP64;
        ManualClock clock = new ManualClock();
        Timers timers = new Timers(clock);
        timers.addPcm(0, 0, false, 0);
        try (TimerFile file = timers.open()) {
            while (calls.hasNext()) {
                int request = calls.request(TimerIoctl.values(), i -> i.request(model));
                Calls.check(file.ioctl(request, calls.argument(), calls.user(), is32Bit), request);
                clock.advance(calls.pause());
                timers.tick();
                Calls.check(file.read(calls.user(), Calls.BASE, calls.choice(256)), 0);
            }
        }
    }
}
