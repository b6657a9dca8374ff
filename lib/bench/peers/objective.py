"""The one objective that both sides are held to, in float64 and with circular borders:

F(z) = 1/2 |y - sum_k d_k * z_k|^2 + lambda |z|_1, every d_k divided by its norm.

objective.py IMAGE.npy FILTERS.npy LAMBDA CODES.npy prints F of codes that were written as rows (map, row, column, value).
"""

import sys

import numpy as np


def objective(image, filters, code, weight):
    """image (H, W), filters (K, 1, h, w), code (K, H, W)."""
    filters = filters.astype(np.float64)
    filters /= np.sqrt((filters**2).sum((1, 2, 3), keepdims=True))
    picture = np.zeros(image.shape[0:1] + (image.shape[1] // 2 + 1,), np.complex128)
    for d, z in zip(filters[:, 0], code):
        if z.any():
            picture += np.fft.rfft2(d, image.shape) * np.fft.rfft2(z.astype(np.float64))
    residual = image.astype(np.float64) - np.fft.irfft2(picture, image.shape)
    return float(0.5 * (residual**2).sum() + weight * np.abs(code).astype(np.float64).sum())


def dense(rows, maps, shape):
    code = np.zeros((maps, *shape), np.float32)
    k, row, column = rows[:, :3].astype(int).T
    code[k, row, column] = rows[:, 3]
    return code


if __name__ == "__main__":
    y, d, rows = (np.load(sys.argv[n]) for n in (1, 2, 4))
    print(objective(y, d, dense(rows, len(d), y.shape), float(sys.argv[3])))
