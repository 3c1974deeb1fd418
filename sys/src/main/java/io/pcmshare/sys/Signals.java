package io.pcmshare.sys;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Signals that this process was sent, handed to Java. The virtual machine would otherwise end with
 * most of them, before what it supervises.
 *
 * <p>{@code sun.misc.Signal} is the only way without native code of our own, and its mere name in
 * source is a warning that cannot be turned off: hence by reflection.
 */
public final class Signals {
    private Signals() {}

    /**
     * Calls a handler for each such signal from now on, on a thread of its own.
     *
     * @param name without SIG: {@code "INT"}, {@code "TERM"}, {@code "HUP"}
     * @param handler told of the signal's number
     * @return false where the virtual machine keeps this signal for itself
     */
    public static boolean handle(String name, IntConsumer handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handlers},
                            (self, method, arguments) -> {
                                Object number = signal.getMethod("getNumber").invoke(arguments[0]);
                                handler.accept((int) number);
                                return null;
                            });
            Object named = signal.getConstructor(String.class).newInstance(name);
            var _ = signal.getMethod("handle", signal, handlers).invoke(null, named, proxy);
            return true;
        } catch (InvocationTargetException taken) {
            return false; // said above
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException("module jdk.unsupported is missing", absent);
        }
    }
}
