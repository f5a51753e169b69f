package dev.touchstone.generator.backend;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The back ends that are installed, by name. */
public final class BackendProviders {

    private final SortedMap<String, BackendProvider> byName = new TreeMap<>();

    /** @throws BackendException if a name has another form than {@code [a-z0-9-]+} or is taken twice */
    BackendProviders(Iterable<BackendProvider> providers) {
        for (Iterator<BackendProvider> each = providers.iterator(); each.hasNext(); ) {
            BackendProvider provider = next(each);
            String name = provider.name();
            if (!name.matches("[a-z0-9-]+")) {
                throw new BackendException("back end " + provider.getClass().getName()
                        + ": expected a name of [a-z0-9-]+, found \"" + name + "\"");
            }
            BackendProvider other = byName.put(name, provider);
            if (other != null) {
                throw new BackendException("back end " + name + ": expected one provider, found "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
    }

    /** Those on the class path. */
    public static BackendProviders installed() {
        return new BackendProviders(ServiceLoader.load(BackendProvider.class));
    }

    /** Their names, sorted. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The provider of a name.
     *
     * @throws BackendException if there is none; the message lists the names there are, and the nearest
     */
    public BackendProvider named(String name) {
        BackendProvider provider = byName.get(name);
        if (provider != null) {
            return provider;
        }
        if (byName.isEmpty()) {
            throw new BackendException(
                    "back end: expected an installed one, found \"" + name + "\" and none installed");
        }
        String nearest = byName.keySet().stream()
                .min(Comparator.comparingInt(candidate -> edits(candidate, name)))
                .orElseThrow();
        throw new BackendException("back end: expected one of " + String.join(", ", byName.keySet()) + ", found \""
                + name + "\". Did you mean " + nearest + "?");
    }

    private static BackendProvider next(Iterator<BackendProvider> each) {
        try {
            return each.next();
        } catch (ServiceConfigurationError e) {
            throw new BackendException(
                    "back ends: expected every registered provider to load, found " + e.getMessage(), e);
        }
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
