// Everything but chains and products. A matrix comes as a buffer x, the offset xo of its first element, and the stride xs of its rows.

// The lanes of every sum, as on the CPU (Kernels.LANES): number k of a sum is added to lane k % LANES, lanes are added by halves.
#define LANES 32

kernel void fill(int n, int columns, real value, global real *y, int yo, int ys) {
    int g = get_global_id(0);
    if (g < n) {
        y[yo + g / columns * ys + g % columns] = value;
    }
}

// xs is 0 for a row, xc is 0 for a column that is repeated
kernel void copy(int n, int columns, global const real *x, int xo, int xs, int xc, global real *y, int yo, int ys) {
    int g = get_global_id(0);
    if (g < n) {
        int i = g / columns;
        int j = g % columns;
        y[yo + i * ys + j] = x[xo + i * xs + j * xc];
    }
}

// axes: the output's sizes, then the steps along them in the input
kernel void permute(int n, int rank, global const int *axes, global const real *x, int xo, global real *y, int yo) {
    int g = get_global_id(0);
    if (g < n) {
        int rest = g;
        int from = xo;
        for (int k = rank - 1; k >= 0; k--) {
            from += rest % axes[k] * axes[rank + k];
            rest /= axes[k];
        }
        y[yo + g] = x[from];
    }
}

kernel void gather(int n, int columns, global const real *x, int xo, int xs, global const int *rows, global real *y, int yo, int ys) {
    int g = get_global_id(0);
    if (g < n) {
        int i = g / columns;
        int j = g % columns;
        y[yo + i * ys + j] = x[xo + rows[i] * xs + j];
    }
}

// links: for each row the next one with the same number, -1 at the end; then whether it is the first. So each number's rows are
// added in order.
kernel void scatter_add(int n, int columns, int count, global const real *x, int xo, int xs, global const int *rows,
        global const int *links, global real *y, int yo, int ys) {
    int g = get_global_id(0);
    if (g < n) {
        int i = g / columns;
        int j = g % columns;
        if (links[count + i]) {
            int to = yo + rows[i] * ys + j;
            real sum = y[to];
            for (; i >= 0; i = links[i]) {
                sum = sum + x[xo + i * xs + j];
            }
            y[to] = sum;
        }
    }
}

// The sum of what LANES work-items hold, by halves.
real total(local real *lanes, int lane, real own) {
    lanes[lane] = own;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int half_of = LANES / 2; half_of > 0; half_of /= 2) {
        if (lane < half_of) {
            lanes[lane] += lanes[lane + half_of];
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    return lanes[0];
}

// Sums of rows, a group each. A row has n numbers, which lie in lines of some columns. What is left is counted down, because an index past
// the end of the longest operands would overflow.
kernel void sum(int n, int columns, global const real *x, int xo, int row, int line, int accumulate, global real *y, int yo, int ys) {
    local real lanes[LANES];
    int lane = get_local_id(0);
    int i = get_group_id(0);
    real own = 0;
    for (int left = n - lane; left > 0; left -= LANES) {
        int e = n - left;
        own += x[xo + i * row + e / columns * line + e % columns];
    }
    real all = total(lanes, lane, own);
    if (lane == 0) {
        int to = yo + i * ys;
        y[to] = accumulate ? y[to] + all : all;
    }
}

kernel void dot_product(int n, int columns, global const real *x, int xo, int xs, global const real *z, int zo, int zs, int accumulate,
        global real *y, int yo) {
    local real lanes[LANES];
    int lane = get_local_id(0);
    real own = 0;
    for (int left = n - lane; left > 0; left -= LANES) {
        int e = n - left;
        int i = e / columns;
        int j = e % columns;
        own = fma(x[xo + i * xs + j], z[zo + i * zs + j], own);
    }
    real all = total(lanes, lane, own);
    if (lane == 0) {
        y[yo] = accumulate ? y[yo] + all : all;
    }
}

// Sums of columns, row after row, a work-item each.
kernel void sum_down(int columns, int rows, global const real *x, int xo, int xs, int accumulate, global real *y, int yo) {
    int j = get_global_id(0);
    if (j < columns) {
        real sum = accumulate ? y[yo + j] : 0;
        for (int i = 0; i < rows; i++) {
            sum += x[xo + i * xs + j];
        }
        y[yo + j] = sum;
    }
}

// The largest number of a row, in every work-item.
real largest_of(local real *lanes, int lane, int columns, global const real *row) {
    real own = -INFINITY;
    for (int j = lane; j < columns; j += LANES) {
        own = f_MAX(own, row[j]);
    }
    lanes[lane] = own;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int half_of = LANES / 2; half_of > 0; half_of /= 2) {
        if (lane < half_of) {
            lanes[lane] = f_MAX(lanes[lane], lanes[lane + half_of]);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    real largest = lanes[0];
    barrier(CLK_LOCAL_MEM_FENCE);
    return largest;
}

// sum_j exp(x_j - largest) of a row, in every work-item.
real exponentials_of(local real *lanes, int lane, int columns, global const real *row, real largest) {
    real own = 0;
    for (int j = lane; j < columns; j += LANES) {
        own += f_EXP(row[j] - largest);
    }
    return total(lanes, lane, own);
}

kernel void log_sum_exp(int columns, global const real *x, int xo, int xs, global real *y, int yo, int ys) {
    local real lanes[LANES];
    int lane = get_local_id(0);
    int i = get_group_id(0);
    global const real *row = x + xo + i * xs;
    real largest = largest_of(lanes, lane, columns, row);
    real all = exponentials_of(lanes, lane, columns, row, largest);
    if (lane == 0) {
        y[yo + i * ys] = isinf(largest) ? largest : largest + f_LOG(all);
    }
}

kernel void softmax(int columns, global const real *x, int xo, int xs, global real *y, int yo, int ys) {
    local real lanes[LANES];
    int lane = get_local_id(0);
    int i = get_group_id(0);
    global const real *row = x + xo + i * xs;
    real largest = largest_of(lanes, lane, columns, row);
    real all = exponentials_of(lanes, lane, columns, row, largest);
    for (int j = lane; j < columns; j += LANES) {
        y[yo + i * ys + j] = largest == -INFINITY ? 0 : f_EXP(row[j] - largest) / all;
    }
}

kernel void adam(int n, real beta1, real rest1, real beta2, real rest2, real epsilon, real size, real unbias,
        global real *p, int po, global const real *g, int go, global real *m, int mo, global real *v, int vo) {
    int i = get_global_id(0);
    if (i < n) {
        real gi = g[go + i];
        real mi = fma(beta1, m[mo + i], rest1 * gi);
        real vi = fma(beta2, v[vo + i], rest2 * gi * gi);
        m[mo + i] = mi;
        v[vo + i] = vi;
        p[po + i] -= size * mi / fma(sqrt(vi), unbias, epsilon);
    }
}
