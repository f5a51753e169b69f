/** The {@code touchstone} command: composition root and exit codes. The only room that knows all others. */
package dev.touchstone.cli;
