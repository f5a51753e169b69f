/**
 * What makes images: the door for back ends, and those that are built in. The manifest then takes its name as
 * {@code serving.backend}, and the contract test runs over it. <ol> <li>{@code name} and {@code servingPath} say what it is
 * called and how requests reach it. <li>{@code options} says what {@code serving.options} may hold; the reader of manifests
 * checks types, ranges and files, fills in defaults, and reports mistakes with line and column. An option with the effect
 * {@code PICTURE} is part of the run's id. Secrets are no options: take the name of an environment variable as an option, and
 * read the variable in {@code open}. <li>{@code capabilities} says which settings of {@code generation} are needed, taken or not
 * taken, which sizes and edits are served, how many requests may run at once, and whether times are measured or reported. A
 * manifest that asks for more is refused before anything starts. Look at options here, never at the network.
 * <li>{@code modelDigest} stands for the model in the run's id; {@code open} loads it, or meets the server and checks that it is
 * what it says. <li>{@code generate} makes one request. Say phases to the observer as they happen, or later with {@link
 * dev.touchstone.generator.phase.PhaseObserver#enterAt} where a server's messages come late. Hand each image over as soon as it
 * is there: bytes as they came with {@link dev.touchstone.generator.backend.GeneratedImage#encoded}, pixels with {@link
 * dev.touchstone.generator.backend.GeneratedImage#of}, and with both what the server said it used. What it did not say stays
 * unknown. The caller decodes, checks the size, names the file and takes the digest. <li>A refusal by policy is
 * {@code sink.moderated}; an answer that does not come is left out and counts as missing; anything else that goes wrong is a
 * {@link dev.touchstone.generator.backend.BackendException} with its kind. <li>Open an attempt with {@code sink.attempt} before
 * anything is sent that may cost, and end it with what came of it, with usage, and with what helps to find it again. It is on
 * the disk before the request leaves, so that nothing is paid for unseen. Retries are attempts of the same request.
 * <li>{@code cancel} ends requests that wait where the observer is not called. <li>Seeds: {@code request.seed()} with prompt and
 * image index keys noise; a server that takes one number per image gets {@link
 * dev.touchstone.generator.backend.ImageRequest#imageSeed}. </ol> Uses {@code document}, {@code metrics.file},
 * {@code metrics.image}, {@code metrics.runtime}, {@code model}, {@code phase}, {@code prompt}, {@code scene}.
 */
package dev.touchstone.generator.backend;
