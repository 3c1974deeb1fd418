package io.pcmshare.fuzz;

import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.DataModel;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.ctl.ControlSet;
import io.pcmshare.core.ctl.CtlFile;
import io.pcmshare.core.pcm.Card;

/** Ioctls of two control descriptors of a card, with elements that they make and their TLVs. */
final class ControlTarget {
    private ControlTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        Calls calls = new Calls(data);
        DataModel model = calls.model();
        boolean is32Bit = model != DataModel.LP64;
        Card card = new Card(0, "Fuzz", "Fuzz", new ManualClock(), new HeapRegions());
        CardDescription description =
                new CardDescription("Fuzz", "Fuzz", "Fuzz", "Fuzz card", "Fuzz mixer", "");
        ControlSet controls = new ControlSet(card, description);
        try (CtlFile first = controls.open(1);
                CtlFile second = controls.open(2)) {
            while (calls.hasNext()) {
                CtlFile file = calls.choice(2) == 0 ? first : second;
                int request = calls.request(CtlIoctl.values(), i -> i.request(model));
                Calls.check(file.ioctl(request, calls.argument(), calls.user(), is32Bit), request);
                int bytes = file.read(calls.user(), Calls.BASE, calls.choice(256));
                Calls.check(bytes, 0);
            }
        }
    }
}
