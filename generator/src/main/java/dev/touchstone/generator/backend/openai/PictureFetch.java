package dev.touchstone.generator.backend.openai;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.http.FailedCall;
import dev.touchstone.generator.backend.http.FailedCall.Again;
import dev.touchstone.generator.backend.http.FailedCall.Serving;
import dev.touchstone.generator.backend.http.HttpAnswer;
import dev.touchstone.generator.backend.http.HttpCaller;
import dev.touchstone.generator.backend.http.Retries;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Set;

/** Fetches pictures that an answer names by address, from allowed hosts alone and without the key. */
final class PictureFetch {

    private final HttpCaller caller;
    private final Retries retries;
    private final Set<String> hosts;
    private final String scheme;

    /**
     * @param hosts with their port where they have one, as in an address
     * @param scheme of the API's own address: pictures of an encrypted API come encrypted
     */
    PictureFetch(HttpCaller caller, Retries retries, Set<String> hosts, String scheme) {
        this.caller = caller;
        this.retries = retries;
        this.hosts = Set.copyOf(hosts);
        this.scheme = scheme;
    }

    /**
     * The bytes at an address.
     *
     * @throws BackendException if the address is not allowed
     * @throws FailedCall if nothing comes from it
     */
    byte[] fetch(String url) {
        URI address = address(url);
        return retries.call(() -> {
            try (HttpAnswer answer =
                    caller.send(HttpRequest.newBuilder(address).GET().build())) {
                if (answer.status() != 200) {
                    boolean again = answer.status() >= 500 || answer.status() == 429;
                    throw new FailedCall(
                            Kind.ANSWER,
                            Serving.NOT_SERVED,
                            again ? Again.YES : Again.NO,
                            "expected the picture that the answer names, found status " + answer.status() + " at "
                                    + address.getRawAuthority());
                }
                return answer.body();
            }
        });
    }

    // Messages name the host alone: the rest of such an address is often a key in itself.
    private URI address(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new BackendException(
                    Kind.ANSWER, OpenAiOptions.NAME + ": expected the address of a picture, found none");
        }
        boolean encrypted = "https".equals(address.getScheme());
        if (!encrypted && !(scheme.equals("http") && "http".equals(address.getScheme()))) {
            throw new BackendException(
                    Kind.ANSWER,
                    OpenAiOptions.NAME + ": expected a picture by " + scheme + ", found " + address.getScheme());
        }
        String host = String.valueOf(address.getRawAuthority());
        if (!hosts.contains(host)) {
            throw new BackendException(
                    Kind.ANSWER,
                    OpenAiOptions.NAME + ": expected a picture from " + String.join(", ", hosts) + ", found one at "
                            + host + ". Allow it in serving.options.url_hosts if it belongs to the server.");
        }
        return address;
    }
}
