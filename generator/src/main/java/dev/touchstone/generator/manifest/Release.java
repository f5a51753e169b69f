package dev.touchstone.generator.manifest;

/**
 * A released version of a prompt pack or a golden dataset, written {@code id/version}.
 *
 * @param id {@code [a-z0-9-]{1,40}}
 * @param version at least 1
 */
public record Release(String id, int version) implements Comparable<Release> {

    @Override
    public int compareTo(Release other) {
        int byId = id.compareTo(other.id);
        return byId != 0 ? byId : Integer.compare(version, other.version);
    }

    @Override
    public String toString() {
        return id + "/" + version;
    }
}
