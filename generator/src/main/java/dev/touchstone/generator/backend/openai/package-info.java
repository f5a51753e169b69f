/**
 * Back end {@code openai-images}: servers that speak the images API of OpenAI, with what open servers add to it. Uses
 * {@code backend}, {@code backend.http}.
 */
package dev.touchstone.generator.backend.openai;
