package io.pcmshare.server.monitor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;

final class GateTest {
    private static void check(String name, String bound, int port, String host) throws Refusal {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(bound), port);
        Headers headers = new Headers();
        headers.add("Host", host);
        new Gate(MonitorToken.random(), name, address).checkPlace(headers);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,    127.0.0.1,    7262, localhost:7262",
        "127.0.0.1,    127.0.0.1,    7262, LOCALHOST:7262",
        "127.0.0.1,    127.0.0.1,    7262, 127.0.0.1:7262",
        "::1,          ::1,          7262, [::1]:7262",
        "fd00::1,      fd00::1,      7262, [fd00::1]:7262",
        "fd00::1,      fd00::1,      7262, [FD00:0:0:0:0:0:0:1]:7262",
        "studio.local, 192.168.7.7,  7262, studio.local:7262",
        "studio.local, 192.168.7.7,  7262, 192.168.7.7:7262",
        "0.0.0.0,      0.0.0.0,      7262, 192.168.7.7:7262",
        "::,           ::,           7262, [fd00::1]:7262",
        "127.0.0.1,    127.0.0.1,    80,   localhost"
    })
    void whoNamesThisServerIsLetIn(String name, String bound, int port, String host) {
        assertThatCode(() -> check(name, bound, port, host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,    127.0.0.1,    7262, studio.local:7262",
        "127.0.0.1,    127.0.0.1,    7262, 192.168.7.7:7262",
        "127.0.0.1,    127.0.0.1,    7262, localhost",
        "127.0.0.1,    127.0.0.1,    7262, localhost.:7262",
        "127.0.0.1,    127.0.0.1,    7262, localhost:7262:7262",
        "127.0.0.1,    127.0.0.1,    7262, evil@localhost:7262",
        "127.0.0.1,    127.0.0.1,    7262, localhost:17262",
        "studio.local, 192.168.7.7,  7262, other.local:7262",
        "0.0.0.0,      0.0.0.0,      7262, studio.local:7262",
        "::,           ::,           7262, [evil]:7262",
        "127.0.0.1,    127.0.0.1,    80,   localhost:7262"
    })
    void whoNamesAnotherIsNot(String name, String bound, int port, String host) {
        assertThatThrownBy(() -> check(name, bound, port, host))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Host header");
    }
}
