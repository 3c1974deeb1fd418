package io.pcmshare.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.FakeControl;
import io.pcmshare.server.control.Waveform;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

@Timeout(60)
final class EventsTest {
    private final MonitorRig rig;

    EventsTest() throws IOException {
        rig = new MonitorRig();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @BeforeEach
    void draw() {
        rig.fake.answers.put("waveform", picture(2, 0.25f, 1));
    }

    /** Of pieces that are all between 0 and a number. */
    private static Waveform picture(long end, float... high) {
        return Waveform.of(200, end, new float[high.length], high);
    }

    /** The names of events and their data, as they come. */
    private Stream<String> events(String query) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer =
                rig.http.send(
                        rig.at("/events?token=" + rig.token() + query).build(),
                        BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        return answer.body();
    }

    private static List<String> waves(Stream<String> lines, int count) {
        return lines.filter(line -> line.startsWith("data: {\"device\"")).limit(count).toList();
    }

    @Test
    void theStateAndTheAuditLogCome() throws Exception {
        rig.fake.answers.put("audit", List.of(FakeControl.ENTRY));
        try (Stream<String> lines = events("")) {
            List<String> first = lines.limit(6).toList();
            assertThat(first.get(0)).isEqualTo("event: state");
            assertThat(first.get(1)).startsWith("data: {\"version\":\"0.1.0\"").contains("aplay");
            assertThat(first.get(2)).isEmpty();
            assertThat(first.subList(3, 5)).containsExactly("id: 12", "event: audit");
            assertThat(first.get(5)).contains("\"event\":\"refusal\"");
        }
        assertThat(rig.fake.calls).contains("audit [0]");
    }

    @Test
    void anAuditEntryIsToldOnce() throws Exception {
        rig.fake.answers.put("audit", List.of(FakeControl.ENTRY));
        try (Stream<String> lines = events("")) {
            assertThat(waves(lines, 2)).hasSize(2);
        }
        assertThat(rig.fake.calls).contains("audit [0]", "audit [12]");
    }

    @Test
    void onlyPiecesOfTheWaveformThatAreNewCome() throws Exception {
        try (Stream<String> lines = events("&device=7,0:capture")) {
            List<String> waves = new ArrayList<>();
            lines.filter(line -> line.startsWith("data: {\"device\""))
                    .peek(line -> rig.fake.answers.put("waveform", picture(3, 0.25f, 1, 0.5f)))
                    .takeWhile(line -> waves.add(line) && !line.contains("0.5"))
                    .forEach(line -> assertThat(line).contains("7,0:capture"));
            assertThat(waves.getFirst()).contains("\"goesOn\":false", "\"high\":[0.25,1.0]");
            assertThat(waves.getLast()).contains("\"goesOn\":true", "\"high\":[0.5]");
        }
    }

    @Test
    void aDeviceThatIsNotThereCostsOnlyItsWaveform() throws Exception {
        rig.fake.answers.put("waveform", new ControlException("There is no device."));
        try (Stream<String> lines = events("&device=9,9:playback")) {
            assertThat(lines.filter("event: state"::equals).limit(2)).hasSize(2);
        }
    }

    @Test
    void soManyPagesAndNoMore() throws Exception {
        List<Stream<String>> open = new ArrayList<>();
        for (int i = 0; i < Visitors.MOST; i++) {
            open.add(events(""));
        }
        HttpResponse<String> tooMany = rig.send(rig.at("/events?token=" + rig.token()));
        assertThat(tooMany.statusCode()).isEqualTo(503);
        assertThat(tooMany.body()).contains("Too many pages");
        assertThat(rig.send(rig.at("/metrics?token=" + rig.token())).statusCode()).isEqualTo(200);
        open.forEach(Stream::close);
    }

    @Test
    void itsEndEndsTheEvents() throws Exception {
        try (Socket socket = rig.connect()) {
            String head =
                    "GET /events?token=%s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
                            .formatted(rig.token(), rig.port());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("HTTP/1.1 200");
            rig.server.close();
            assertThat(in.lines().toList()).isNotEmpty(); // and they end
        }
    }
}
