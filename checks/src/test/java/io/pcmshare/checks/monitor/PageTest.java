package io.pcmshare.checks.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.server.config.MonitorConfig;
import io.pcmshare.server.monitor.MonitorServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

@Timeout(120)
final class PageTest {
    private static final String LIVE =
            "document.getElementById('connection').dataset.state === 'live'";
    private static final String METER =
            "document.querySelector('#streams canvas.meter').getContext('2d')"
                    + ".getImageData(4, 4, 1, 1).data.join()";

    private static @TempDir @Nullable Path profile;
    private static @Nullable Browser browser;

    private final ShownServer shown = new ShownServer();
    private @TempDir @Nullable Path folder;
    private @Nullable MonitorServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser(Objects.requireNonNull(profile));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = serve(0);
    }

    private MonitorServer serve(int port) throws IOException {
        Path token = Objects.requireNonNull(folder).resolve("token");
        return MonitorServer.open(
                new MonitorConfig(port, MonitorConfig.LOCAL, token), shown.control());
    }

    @AfterEach
    void end() {
        Objects.requireNonNull(server).close();
    }

    private Browser.Page open(String url) throws IOException, InterruptedException {
        return Objects.requireNonNull(browser).open(url);
    }

    private Browser.Page open() throws IOException, InterruptedException {
        Browser.Page page = open(url());
        page.await(LIVE);
        return page;
    }

    private String url() {
        return Objects.requireNonNull(server).url();
    }

    private static String text(Browser.Page page, String id) throws InterruptedException {
        return page.evaluate("document.getElementById('" + id + "').textContent");
    }

    @Test
    void whoPlaysIsShown() throws Exception {
        try (Browser.Page page = open()) {
            assertThat(text(page, "streams"))
                    .contains("aplay [412]", "S16_LE 2×44100", "running", "20.5 ms", "-3.5 dB");
            assertThat(text(page, "devices")).contains("1,0:playback", "Dummy");
            assertThat(text(page, "grants")).contains("aplay [412]", "PLAY", "never");
            assertThat(text(page, "histograms")).contains("p50 500 µs", "max 2.0 ms");
            assertThat(text(page, "up")).isEqualTo("01:05");
            page.await("document.getElementById('audit').textContent.includes('refusal')");
            page.await("document.getElementById('wave').dataset.end === '3'");
        }
    }

    @Test
    void theMeterFollowsTheSound() throws Exception {
        try (Browser.Page page = open()) {
            String silent = page.evaluate(METER);
            shown.peak(-6);
            page.await(
                    "document.querySelector('#streams canvas.meter')"
                            + ".getAttribute('aria-valuenow') === '-6.0'");
            assertThat(page.evaluate(METER)).isNotEqualTo(silent);
        }
    }

    @Test
    void aClickOnMuteMutes() throws Exception {
        try (Browser.Page page = open()) {
            page.evaluate("document.querySelector('#streams button.mute').click()");
            assertThat(shown.calls.take()).isEqualTo("mute [3, true]");
        }
    }

    @Test
    void theSliderAndTheListOfDevicesReachTheServer() throws Exception {
        try (Browser.Page page = open()) {
            page.evaluate(
                    """
                    (slider => { slider.value = -12; slider.dispatchEvent(new Event('input')); })(
                      document.querySelector('#streams input[type=range]'))\
                    """);
            assertThat(shown.calls.take()).isEqualTo("volume [3, -12.0]");
            page.evaluate(
                    """
                    (list => { list.value = '1,0:playback'; list.dispatchEvent(new Event('change')); })(
                      document.querySelector('#streams select'))\
                    """);
            assertThat(shown.calls.take()).isEqualTo("move [3, 1,0:playback]");
        }
    }

    @Test
    void revokingAsksFirst() throws Exception {
        try (Browser.Page page = open()) {
            page.evaluate("window.confirm = () => false");
            page.evaluate("document.querySelector('#grants button').click()");
            page.evaluate("window.confirm = sentence => window.asked = sentence");
            page.evaluate("document.querySelector('#grants button').click()");
            assertThat(shown.calls.take()).isEqualTo("revoke [3]");
            assertThat(page.evaluate("window.asked")).contains("aplay [412]");
            assertThat(shown.calls).isEmpty();
        }
    }

    @Test
    void aProgramWithMarkupForItsNameIsText() throws Exception {
        String hostile = "<img src=x onerror=\"window.taken=1\"><script>window.taken=2<\\script>";
        shown.program(hostile);
        try (Browser.Page page = open()) {
            page.await("document.getElementById('audit').textContent.includes('onerror')");
            for (String table : new String[] {"streams", "grants", "audit"}) {
                assertThat(text(page, table)).contains(hostile + " [412]");
            }
            assertThat(page.evaluate("document.querySelectorAll('img, main script').length"))
                    .isEqualTo("0");
            assertThat(page.evaluate("typeof window.taken")).isEqualTo("undefined");
        }
    }

    @Test
    void theTokenLeavesTheAddress() throws Exception {
        try (Browser.Page page = open()) {
            assertThat(page.evaluate("location.search + location.hash")).isEmpty();
            assertThat(page.evaluate("Object.values(sessionStorage)"))
                    .isEqualTo(url().replaceFirst(".*token=", ""));
        }
    }

    @Test
    void withoutTheTokenThePageAsksForIt() throws Exception {
        String token = url().replaceFirst(".*token=", "");
        try (Browser.Page page = open(url().replaceFirst("token=.*", "token=" + "0".repeat(32)))) {
            page.await("document.getElementById('connection').textContent === 'wrong token'");
            assertThat(text(page, "streams")).isEmpty();
            page.evaluate(
                    """
                    (() => { document.getElementById('token').value = '%s';
                      document.querySelector('#login button').click(); })()\
                    """
                            .formatted(token));
            page.await(LIVE);
        }
    }

    @Test
    void aServerThatComesBackIsFoundAgain() throws Exception {
        try (Browser.Page page = open()) {
            int port = Objects.requireNonNull(server).address().getPort();
            Objects.requireNonNull(server).close();
            page.await("document.getElementById('connection').dataset.state === 'lost'");
            server = serve(port);
            page.await(LIVE);
        }
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws Exception {
        try (Browser.Page page = open()) {
            assertThat(
                            page.evaluate(
                                    """
                                    performance.getEntriesByType('resource').map(each => each.name)
                                      .filter(name => !name.startsWith(location.origin)).join()\
                                    """))
                    .isEmpty();
        }
    }
}
