package dev.touchstone.eval.golden;

/**
 * What a dataset says about itself.
 *
 * @param id {@code [a-z0-9-]{1,40}}
 * @param version at least 1; a released version never changes
 * @param title for people
 * @param licence SPDX identifier, or how the images may be used
 * @param source where the images come from
 * @param preprocessing what was done to them
 * @param images number of labelled images
 * @param digest SHA-256 of {@code files.sha256}, which has the digest of every other file
 */
public record DatasetHeader(
        String id,
        int version,
        String title,
        String licence,
        String source,
        Preprocessing preprocessing,
        int images,
        String digest) {

    /**
     * What was done to the images before they were stored.
     *
     * @param size {@code original} or {@code WIDTHxHEIGHT}
     * @param filter {@code none} if nothing was resized, else the resampling filter
     * @param colour always {@code srgb-8bit}: three channels, no alpha, profiles ignored
     */
    public record Preprocessing(String size, String filter, String colour) {}

    /** {@code id/version}, as manifests name it. */
    public String release() {
        return id + "/" + version;
    }

    DatasetHeader with(int imageCount, String filesDigest) {
        return new DatasetHeader(id, version, title, licence, source, preprocessing, imageCount, filesDigest);
    }
}
