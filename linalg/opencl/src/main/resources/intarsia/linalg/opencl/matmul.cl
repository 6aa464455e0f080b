// c = ACTIVATION(start + op(a) op(b)). A group computes a tile of TM x TN outputs, a work-item WM x WN of them in registers; slices of
// op(a) and op(b), TK deep, go through local memory, the next one being fetched while one is used. An output takes its products in order of
// the inner index, each by one fused multiply-add. Group (x, y, z) computes the tile of row x and column y over the z-th slice of the inner
// index, whose sums go to a part of their own.

#define ACROSS (TM / WM)
#define ALONG (TN / WN)
#define ITEMS (ACROSS * ALONG)
#define LOAD_A (TM * TK / ITEMS)
#define LOAD_B (TN * TK / ITEMS)
#define PITCH_A (TM + 4)
#define PITCH_B (TN + 4)

// Where a work-item's k-th row or column lies in the tile: in runs of RUN, so that neighbors read neighbors.
#define PLACE(own, k, run, count) ((k) / (run) * ((count) * (run)) + (own) * (run) + (k) % (run))
#define RUN_A (WM % 4 == 0 ? 4 : WM % 2 == 0 ? 2 : 1)
#define RUN_B (WN % 4 == 0 ? 4 : WN % 2 == 0 ? 2 : 1)

// The e-th element that is loaded: neighbors along what is contiguous.
#if TRANSPOSE_A
#define ROW_A(e) ((e) % TM)
#define DEPTH_A(e) ((e) / TM)
#define AT_A(i, k) (ao + (k) * as + (i))
#else
#define ROW_A(e) ((e) / TK)
#define DEPTH_A(e) ((e) % TK)
#define AT_A(i, k) (ao + (i) * as + (k))
#endif
#if TRANSPOSE_B
#define COLUMN_B(e) ((e) / TK)
#define DEPTH_B(e) ((e) % TK)
#define AT_B(k, j) (bo + (j) * bs + (k))
#else
#define COLUMN_B(e) ((e) % TN)
#define DEPTH_B(e) ((e) / TN)
#define AT_B(k, j) (bo + (k) * bs + (j))
#endif

// Beyond the last row or column the last one is read again; what comes of it is not written. Beyond the last inner index the product is -0,
// which added to any number, +0 and -0 too, leaves it as it is.
#define FETCH(from) \
    _Pragma("unroll") \
    for (int l = 0; l < LOAD_A; l++) { \
        int e = l * ITEMS + item; \
        int i = min(top + ROW_A(e), rows - 1); \
        int k = (from) + DEPTH_A(e); \
        nextA[l] = k < last ? a[AT_A(i, k)] : -0.0f; \
    } \
    _Pragma("unroll") \
    for (int l = 0; l < LOAD_B; l++) { \
        int e = l * ITEMS + item; \
        int j = min(left + COLUMN_B(e), columns - 1); \
        int k = (from) + DEPTH_B(e); \
        nextB[l] = k < last ? b[AT_B(k, j)] : 0; \
    }

#define STORE(to) \
    _Pragma("unroll") \
    for (int l = 0; l < LOAD_A; l++) { \
        int e = l * ITEMS + item; \
        tileA[to][DEPTH_A(e) * PITCH_A + ROW_A(e)] = nextA[l]; \
    } \
    _Pragma("unroll") \
    for (int l = 0; l < LOAD_B; l++) { \
        int e = l * ITEMS + item; \
        tileB[to][DEPTH_B(e) * PITCH_B + COLUMN_B(e)] = nextB[l]; \
    }

kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
void matmul(int rows, int columns, int inner, int slice, int start,
        global const real *a, int ao, int as, global const real *b, int bo, int bs, global const real *bias, int biaso,
        global real *c, int co, int cs, int part) {
    local real tileA[2][TK * PITCH_A] __attribute__((aligned(32)));
    local real tileB[2][TK * PITCH_B] __attribute__((aligned(32)));
    int item = get_local_id(0);
    int down = item / ALONG;
    int right = item % ALONG;
    int top = get_group_id(0) * TM;
    int left = get_group_id(1) * TN;
    int first = get_group_id(2) * slice;
    int last = min(inner, first + slice);
    co += get_group_id(2) * part;

    real sums[WM][WN];
    #pragma unroll
    for (int m = 0; m < WM; m++) {
        #pragma unroll
        for (int n = 0; n < WN; n++) {
            int i = top + PLACE(down, m, RUN_A, ACROSS);
            int j = left + PLACE(right, n, RUN_B, ALONG);
            sums[m][n] = start == 0 || i >= rows || j >= columns ? 0 : start == 1 ? c[co + i * cs + j] : bias[biaso + j];
        }
    }

    real nextA[LOAD_A];
    real nextB[LOAD_B];
    FETCH(first)
    STORE(0)
    barrier(CLK_LOCAL_MEM_FENCE);
    int now = 0;
    for (int k0 = first; k0 < last; k0 += TK) {
        FETCH(k0 + TK)
        #pragma unroll 8
        for (int k = 0; k < TK; k++) {
            real x[WM];
            real y[WN];
            #pragma unroll
            for (int m = 0; m < WM; m++) {
                x[m] = tileA[now][k * PITCH_A + PLACE(down, m, RUN_A, ACROSS)];
            }
            #pragma unroll
            for (int n = 0; n < WN; n++) {
                y[n] = tileB[now][k * PITCH_B + PLACE(right, n, RUN_B, ALONG)];
            }
            #pragma unroll
            for (int m = 0; m < WM; m++) {
                #pragma unroll
                for (int n = 0; n < WN; n++) {
                    sums[m][n] = fma(x[m], y[n], sums[m][n]);
                }
            }
        }
        STORE(1 - now)
        barrier(CLK_LOCAL_MEM_FENCE);
        now = 1 - now;
    }

    #pragma unroll
    for (int m = 0; m < WM; m++) {
        #pragma unroll
        for (int n = 0; n < WN; n++) {
            int i = top + PLACE(down, m, RUN_A, ACROSS);
            int j = left + PLACE(right, n, RUN_B, ALONG);
            if (i < rows && j < columns) {
                c[co + i * cs + j] = ACTIVATION(sums[m][n]);
            }
        }
    }
}

// The parts of a product whose inner index was cut into slices, added in order.
kernel void combine(int n, int columns, int parts, int part, int start, global const real *x, global const real *bias, int biaso,
        global real *c, int co, int cs) {
    int g = get_global_id(0);
    if (g < n) {
        int j = g % columns;
        int to = co + g / columns * cs + j;
        real sum = start == 0 ? 0 : start == 1 ? c[to] : bias[biaso + j];
        for (int p = 0; p < parts; p++) {
            sum += x[p * part + g];
        }
        c[to] = ACTIVATION(sum);
    }
}
