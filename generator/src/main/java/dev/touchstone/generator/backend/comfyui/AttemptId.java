package dev.touchstone.generator.backend.comfyui;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/** Ids of jobs: the same for the same try of the same workflow, so that a try that the server knows already is found there. */
final class AttemptId {

    // Drawn once for this project; RFC 9562 asks names of one kind to share a namespace.
    private static final UUID NAMESPACE = UUID.fromString("5be0a2c4-5d1e-4e8f-9d0b-6a1f0c9b7e21");

    private AttemptId() {}

    /**
     * The id of a try, a UUID of version 5 as RFC 9562 forms it, in lower case.
     *
     * @param graph the whole filled workflow
     * @param attempt from 0
     */
    static String of(String graph, int attempt) {
        return version5(NAMESPACE, attempt + "\n" + graph).toString();
    }

    static UUID version5(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .array());
            byte[] hash = Arrays.copyOf(sha1.digest(name.getBytes(StandardCharsets.UTF_8)), 16);
            hash[6] = (byte) (hash[6] & 0x0F | 0x50);
            hash[8] = (byte) (hash[8] & 0x3F | 0x80);
            ByteBuffer bytes = ByteBuffer.wrap(hash);
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
