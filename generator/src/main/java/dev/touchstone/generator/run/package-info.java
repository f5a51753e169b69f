/** The run folder: identities, header, image records, failures, atomic writes, and the generate stage with resume. */
package dev.touchstone.generator.run;
