/** How the process ends: exit codes, messages for the user, Ctrl-C and SIGTERM. Uses the stop signal of {@code generator.run}. */
package dev.touchstone.cli.exit;
