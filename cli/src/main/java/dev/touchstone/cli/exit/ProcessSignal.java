package dev.touchstone.cli.exit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The signals that end a process by request. A JVM left to itself answers them by running its shutdown hooks while the program still
 * works, among them hooks of native libraries that free what other threads are using; here the program is told instead, and ends by
 * itself. Reaches {@code sun.misc.Signal} of the module {@code jdk.unsupported}, the only door a JDK has for this, by name.
 */
enum ProcessSignal {
    INT(ExitCode.INTERRUPTED),
    TERM(ExitCode.TERMINATED);

    private final ExitCode code;

    ProcessSignal(ExitCode code) {
        this.code = code;
    }

    /** What a process ends with that was asked to by this signal. */
    ExitCode code() {
        return code;
    }

    /**
     * Calls the receiver on each arrival, in a thread of its own, instead of beginning the JVM's shutdown.
     *
     * @return whether this JVM allows it; without, the JVM's own answer stays
     */
    static boolean receive(Consumer<ProcessSignal> receiver) {
        boolean all = true;
        for (ProcessSignal signal : values()) {
            all &= signal.handle(handler -> Proxy.newProxyInstance(
                    ProcessSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            receiver.accept(signal);
                            return null;
                        }
                        return method.getName().equals("hashCode")
                                ? (Object) System.identityHashCode(proxy)
                                : method.getName().equals("equals") ? (Object) (proxy == arguments[0]) : signal.name();
                    }));
        }
        return all;
    }

    /** Ends this process as the operating system ends one that ignores nothing: at once, without hooks or destructors. */
    void endProcess() {
        boolean armed = handle(handler -> {
            try {
                return handler.getField("SIG_DFL").get(null);
            } catch (ReflectiveOperationException e) {
                return null;
            }
        });
        if (armed) {
            try {
                Class<?> type = Class.forName("sun.misc.Signal");
                type.getMethod("raise", type)
                        .invoke(null, type.getConstructor(String.class).newInstance(name()));
            } catch (ReflectiveOperationException e) {
                Runtime.getRuntime().halt(code.status());
            }
        }
        Runtime.getRuntime().halt(code.status());
    }

    private boolean handle(java.util.function.Function<Class<?>, Object> handlerOf) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Method handle = type.getMethod("handle", type, handlerType);
            Optional<Object> handler = Optional.ofNullable(handlerOf.apply(handlerType));
            if (handler.isEmpty()) {
                return false;
            }
            handle.invoke(null, type.getConstructor(String.class).newInstance(name()), handler.get());
            return true;
        } catch (InvocationTargetException e) {
            return false; // the JVM was started with -Xrs, or keeps the signal for itself
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
