/** What a person sees while waiting: the progress bar and plain progress lines, on standard error. */
package dev.touchstone.cli.terminal;
