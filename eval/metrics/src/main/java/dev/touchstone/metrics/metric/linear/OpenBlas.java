package dev.touchstone.metrics.metric.linear;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLeft;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasNonUnit;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dtrmm;
import static org.bytedeco.openblas.global.openblas.cblas_dtrsm;

import com.sun.jna.NativeLibrary;
import dev.touchstone.metrics.engine.Engine;
import dev.touchstone.metrics.engine.EngineGate;
import dev.touchstone.metrics.engine.EngineVerdict;
import dev.touchstone.metrics.engine.EngineVerdicts;
import dev.touchstone.metrics.engine.LinearCheck;
import dev.touchstone.metrics.engine.LinearOperations;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/** OpenBLAS, believed once its self-check has passed on this processor. */
public final class OpenBlas {

    private static final String UNKNOWN = "unknown";
    private static final EngineGate GATE = new EngineGate(OpenBlas::check);

    private OpenBlas() {}

    /** What the self-check found; the first call of a process makes it or reads that of an earlier process. */
    public static EngineVerdict verdict() {
        return GATE.verdict();
    }

    /** @throws dev.touchstone.metrics.engine.EngineException if the self-check failed; the message says what to do */
    static void require() {
        GATE.require();
    }

    private static EngineVerdict check() {
        String version = openblas.class.getPackage().getImplementationVersion();
        return EngineVerdicts.here()
                .of(Engine.OPENBLAS, version == null ? UNKNOWN : version, "", new EngineVerdicts.Check() {
                    @Override
                    public String kernel() {
                        return OpenBlas.kernel();
                    }

                    @Override
                    public List<String> faults() {
                        // Its threads share the same kernels, and would wait for each other in products as small as
                        // these.
                        return LinearAlgebra.withOneThread(() -> LinearCheck.faults(new Operations()));
                    }
                });
    }

    /** The kernels that the library chose, as Haswell or SkylakeX. JavaCPP's bindings leave the function out that tells it. */
    private static String kernel() {
        try {
            File folder = new File(Loader.load(openblas.class)).getParentFile();
            File[] libraries = folder.listFiles((place, name) -> name.matches("(lib)?openblas\\.(so.*|dll|.*dylib)"));
            if (libraries == null || libraries.length == 0) {
                return UNKNOWN;
            }
            Arrays.sort(libraries);
            return NativeLibrary.getInstance(libraries[libraries.length - 1].getPath())
                    .getFunction("openblas_get_corename")
                    .invokeString(new Object[0], false);
        } catch (LinkageError | RuntimeException e) {
            return UNKNOWN;
        }
    }

    /** The library behind the check's interface, by the calls that metrics make. */
    static final class Operations implements LinearOperations {

        @Override
        public double[] product(int n, double[] a, double[] b) {
            return LinearAlgebra.gemm(new Matrix(n, n, a), CblasNoTrans, new Matrix(n, n, b), CblasNoTrans, n, n, n, n)
                    .values();
        }

        @Override
        public double[] productTransposed(int n, double[] a, double[] b) {
            return LinearAlgebra.gemm(new Matrix(n, n, a), CblasNoTrans, new Matrix(n, n, b), CblasTrans, n, n, n, n)
                    .values();
        }

        @Override
        public double[] transposedProduct(int n, double[] a, double[] b) {
            return LinearAlgebra.gemm(new Matrix(n, n, a), CblasTrans, new Matrix(n, n, b), CblasNoTrans, n, n, n, n)
                    .values();
        }

        @Override
        public double[] gram(int n, double[] a) {
            double[] lower = new double[n * n];
            LinearAlgebra.syrk(new Matrix(n, n, a), lower);
            return lower;
        }

        @Override
        public double[] triangularProduct(int n, double[] lower, double[] b) {
            // By columns, as Factor does: the column-major arguments are the transposes.
            double[] product = transposed(n, b);
            cblas_dtrmm(
                    CblasColMajor,
                    CblasLeft,
                    CblasLower,
                    CblasTrans,
                    CblasNonUnit,
                    n,
                    n,
                    1,
                    transposed(n, lower),
                    n,
                    product,
                    n);
            return transposed(n, product);
        }

        @Override
        public double[] triangularSolution(int n, double[] lower, double[] b) {
            double[] solution = b.clone();
            cblas_dtrsm(
                    CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, n, 1, lower, n, solution, n);
            return solution;
        }

        @Override
        public double[] cholesky(int n, double[] a) {
            double[] factor = a.clone();
            LinearAlgebra.requireConverged(LAPACKE_dpotrf(LAPACK_COL_MAJOR, (byte) 'L', n, factor, n));
            return transposed(n, factor);
        }

        @Override
        public double[] eigen(int n, double[] a) {
            double[] vectors = a.clone();
            double[] eigen = new double[n + n * n];
            double[] values = new double[n];
            LinearAlgebra.requireConverged(
                    LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, vectors, n, values));
            System.arraycopy(values, 0, eigen, 0, n);
            System.arraycopy(vectors, 0, eigen, n, n * n);
            return eigen;
        }

        @Override
        public double[] singularValues(int n, double[] a) {
            try (DoublePointer work = new DoublePointer(a)) {
                return LinearAlgebra.singularValues(n, n, work);
            }
        }

        @Override
        public double[] singularValuesByBand(int n, double[] a) {
            try (DoublePointer work = new DoublePointer(a)) {
                return BandBidiagonal.singularValues(n, n, work);
            }
        }

        private static double[] transposed(int n, double[] values) {
            return new Matrix(n, n, values).transposed().values();
        }
    }
}
