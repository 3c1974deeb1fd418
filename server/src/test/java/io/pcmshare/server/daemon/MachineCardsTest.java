package io.pcmshare.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.BayDevice;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Cards that are plugged in and out. */
@NoFdLeaks
final class MachineCardsTest {
    private final ManualClock clock = new ManualClock(0, 0);

    @TempDir Path devices;

    @Test
    void cardsAreServedAsTheyComeAndGoAndAStandInWhileThereAreNone() throws Exception {
        try (Bay bay = new Bay(clock, new MemfdRegions());
                Cards cards = new Cards(bay, clock, all -> {})) {
            // what cannot be opened is a card of the machine as well: somebody else's
            MachineCards machine =
                    new MachineCards(
                            devices, number -> number == 9 ? "wav:in=/nowhere" : "loopback", cards);
            machine.look();
            assertThat(ids(bay)).containsExactly("Dummy");

            Files.createFile(devices.resolve("controlC1"));
            Files.createFile(devices.resolve("controlC9"));
            Files.createFile(devices.resolve("pcmC1D0p"));
            machine.look();
            assertThat(ids(bay)).containsExactly("Loopback");
            assertThat(bay.devices()).noneMatch(BayDevice::isGone);

            machine.look();
            assertThat(ids(bay)).containsExactly("Loopback");

            Files.delete(devices.resolve("controlC1"));
            machine.look();
            assertThat(ids(bay)).containsExactly("Dummy");
        }
    }

    private static List<String> ids(Bay bay) {
        return bay.devices().stream().map(d -> d.card().card().id()).distinct().toList();
    }
}
