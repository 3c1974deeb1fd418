package io.pcmshare.cli.server;

import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.DeviceState;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;

/** Lists a server's devices, and changes them. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        header = "List what a running server plays on and records from; add and remove cards.",
        description = {
            "",
            "A line for each direction of each device; '*' is where streams go that name none."
        },
        subcommands = {
            DevicesCommand.Add.class,
            DevicesCommand.Remove.class,
            DevicesCommand.Default.class
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare devices",
            "  pcmshare devices add wav:out=heard.wav",
            "  pcmshare devices default 1,0:playback",
            "",
            ServerCommand.STATUS
        })
public final class DevicesCommand extends ServerCommand {
    /** Made by {@code Main}. */
    public DevicesCommand() {}

    @Override
    Answer ask(ControlClient server) {
        List<DeviceState> devices = server.state().devices();
        return new Said(devices, text(devices));
    }

    private static String text(List<DeviceState> devices) {
        TextTable table =
                new TextTable(
                        "DEVICE",
                        "CARD",
                        "STATE",
                        "SOUND",
                        "PERIOD",
                        "STREAMS",
                        "XRUNS",
                        "PEAK",
                        "DESCRIPTION");
        for (DeviceState device : devices) {
            table.row(
                    device.name() + (device.isDefault() ? "*" : ""),
                    device.cardId(),
                    device.state(),
                    Cells.sound(device.format(), device.channels(), device.rate()),
                    device.periodFrames(),
                    device.streams(),
                    device.xruns(),
                    Cells.decibels(device.peakDecibels()),
                    device.description());
        }
        return table.isEmpty() ? "There is no device.\n" : table.text();
    }

    /** Adds a card. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            header = "Add a card to a running server.",
            footer = {"", "Example:  pcmshare devices add wav:out=heard.wav", "", STATUS})
    static final class Add extends ServerCommand {
        @Parameters(
                paramLabel = "KIND[:KEY=VALUE,...]",
                description = "As for 'run --card': null, wav:out=FILE.wav, loopback, hw:N ...")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private String spec;

        @Override
        Answer ask(ControlClient server) throws ControlException {
            int card = server.addCard(spec);
            return new Said(Map.of("card", card), "It is card " + card + ".\n");
        }
    }

    /** Takes a card away. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            header = "Take a card away: its streams go to the default device, or end.",
            footer = {"", "Example:  pcmshare devices remove 1", "", STATUS})
    static final class Remove extends ServerCommand {
        @Parameters(
                paramLabel = "CARD",
                description = "Its number, the first of its devices' names.")
        private int card;

        @Override
        Answer ask(ControlClient server) throws ControlException {
            server.removeCard(card);
            return new Said(Map.of(), "Card " + card + " has gone.\n");
        }
    }

    /** Says where streams go. */
    @Command(
            name = "default",
            mixinStandardHelpOptions = true,
            header = "Say where streams go that name no device.",
            footer = {"", "Example:  pcmshare devices default 1,0:playback", "", STATUS})
    static final class Default extends ServerCommand {
        @Parameters(paramLabel = "DEVICE", description = "As 'pcmshare devices' names it.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private String device;

        @Override
        Answer ask(ControlClient server) throws ControlException {
            server.defaultDevice(device);
            return new Said(Map.of(), "Streams that name no device go to " + device + ".\n");
        }
    }
}
