package dev.touchstone.metrics.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {

    @Test
    void quotesWhatRfc4180Says() {
        assertThat(new CsvLine()
                        .text("plain")
                        .text("a,b")
                        .text("say \"hi\"")
                        .text("two\nlines")
                        .end())
                .isEqualTo("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@sum"})
    void textThatASpreadsheetWouldRunIsMarked(String text) {
        assertThat(new CsvLine().text(text).text("a" + text).end()).isEqualTo("'" + text + ",a" + text + "\n");
    }

    @Test
    void numbersAreNotText() {
        assertThat(new CsvLine()
                        .number(-3)
                        .number(-0.25)
                        .seconds(1.5)
                        .seconds(0.000001)
                        .empty()
                        .end())
                .isEqualTo("-3,-0.25,1.500000,0.000001,\n");
    }

    @Test
    void anEmptyFirstCellKeepsItsPlace() {
        assertThat(new CsvLine().empty().text("b").end()).isEqualTo(",b\n");
    }
}
