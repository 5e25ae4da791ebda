#!/usr/bin/env python3
"""Counts the papers' models by hand-listed layers, without the compiler.

A row is (windows' product, channels in per group, filters, positions out, has bias, has BN); a dense layer is a
convolution at one position. macs are multiply-accumulates of convolutions and dense layers, no biases; a
transposed convolution's are counted at its input positions, which for stride = window is the same thing.
"""
import json, sys, os

def conv(k, ci, co, pos, bias=True, bn=False): return dict(params=k*ci*co + (co if bias else 0) + (2*co if bn else 0), macs=k*ci*co*pos)
def fc(i, o): return conv(1, i, o, 1)
def extra(n): return dict(params=n, macs=0)
def total(rows): return {k: sum(r[k] for r in rows) for k in ('params', 'macs')}
F = {}
def add(name, file, source, sizes, rows, **more):
    F[name] = dict(file=file, **total(rows), sizes=sizes, source=source, **more)

# LeNet-5
add('LeNet5', 'lenet5.cnn', 'the usual modern reading of LeCun et al. 1998 (61,706 is the count widely given)',
    ['28x28x6', '14x14x6', '10x10x16', '5x5x16', '1x1x120', '84', '10'],
    [conv(25, 1, 6, 784), conv(25, 6, 16, 100), conv(25, 16, 120, 1), fc(120, 84), fc(84, 10)], known=61706)
fan_in = [3]*6 + [4]*9 + [6]            # maps of S2 that each map of C3 sees: table 1
add('LeNet5_1998', 'lenet5.cnn', 'LeCun et al. 1998, section II.B: C1 156, S2 12, C3 1,516, S4 32, C5 48,120, F6 10,164 trainable '
    'parameters, 60,000 in all; the 850 of the last layer come on top (the paper has fixed RBF units there)',
    ['28x28x6', '14x14x6', '10x10x16', '5x5x16', '1x1x120', '84', '10'],
    [conv(25, 1, 6, 784), extra(12)] + [conv(25, n, 1, 100) for n in fan_in] + [extra(32), conv(25, 16, 120, 1), fc(120, 84), fc(84, 10)],
    known=60000 + 850, layers=dict(C1=156, S2=12, C3=1516, S4=32, C5=48120, F6=10164))
# AlexNet 2012
add('AlexNet2012', 'alexnet.cnn', 'Krizhevsky et al. 2012, figure 2 (60 million parameters in its abstract); with its two groups, at 227x227',
    ['55x55x96', '27x27x96', '27x27x256', '13x13x256', '13x13x384', '13x13x384', '13x13x256', '6x6x256', '4096', '4096', '1000'],
    [conv(121, 3, 96, 55*55), conv(25, 48, 256, 27*27), conv(9, 256, 384, 169), conv(9, 192, 384, 169), conv(9, 192, 256, 169),
     fc(6*6*256, 4096), fc(4096, 4096), fc(4096, 1000)], known=60965224)
# ZFNet
def zf(a, b, c): return [conv(49, 3, 96, 110*110), conv(25, 96, 256, 26*26), conv(9, 256, a, 169), conv(9, a, b, 169), conv(9, b, c, 169),
                         fc(36*c, 4096), fc(4096, 4096), fc(4096, 1000)]
sz = lambda a, b, c: ['110x110x96', '55x55x96', '26x26x256', '13x13x256', f'13x13x{a}', f'13x13x{b}', f'13x13x{c}', f'6x6x{c}', '4096', '4096', '1000']
add('ZFNet', 'zfnet.cnn', 'Zeiler and Fergus 2013, figure 3 (sizes)', sz(384, 384, 256), zf(384, 384, 256))
add('ZFNetWide', 'zfnet.cnn', 'Zeiler and Fergus 2013, table 2 (512, 1024, 512 maps)', sz(512, 1024, 512), zf(512, 1024, 512))
# U-Net, padded, at 256x256 (params hold for every size)
def unet(size, widths, chan, valid):
    rows, s, ci, skips, bn, d = [], size, chan, [], not valid, (2 if valid else 0)
    sizes = []
    def double(ci, c, s):
        for i in (ci, c):
            s -= d; rows.append(conv(9, i, c, s*s, bn=bn)); sizes.append(f'{s}x{s}x{c}')
        return s
    for i, c in enumerate(widths):
        s = double(ci, c, s); ci = c
        if i < len(widths) - 1: s //= 2; sizes.append(f'{s}x{s}x{c}')
    for c in reversed(widths[:-1]):
        rows.append(conv(4, 2*c, c, s*s)); s *= 2; sizes.append(f'{s}x{s}x{c}')
        s = double(2*c, c, s)
    rows.append(conv(1, widths[0], 2, s*s)); sizes.append(f'{s}x{s}x2')
    return sizes, rows
add('UNet', 'unet.cnn', 'LANGUAGE.md section 1; macs at 256x256', *unet(256, [64, 128, 256, 512], 3, False), at='256x256x3')
add('UNet2015', 'unet.cnn', 'Ronneberger et al. 2015, figure 1 (every size); 23 convolutional layers in the text', *unet(572, [64, 128, 256, 512, 1024], 1, True))
# M5
def m5(n, classes):
    up = lambda a: -(-a//4)
    a = (n + 78 - 80)//4 + 1; b = up(a); c = up(b); d = up(c); e = up(d)
    return [f'{a}x128', f'{b}x128', f'{c}x128', f'{d}x256', f'{e}x512', '512', str(classes)], [
        conv(80, 1, 128, a, bn=True), conv(3, 128, 128, b, bn=True), conv(3, 128, 256, c, bn=True), conv(3, 256, 512, d, bn=True), fc(512, classes)]
add('M5', 'audio.cnn', 'Dai et al. 2016, table 1 (from memory: 0.5M parameters; 2000, 500, 125, 32 positions after the pools)', *m5(32000, 10))
add('M5Speech', 'audio.cnn', 'the same at 16000 samples and 35 classes', *m5(16000, 35))
# C3D
shape = [(3, 64, 16*112*112), (64, 128, 16*56*56), (128, 256, 8*28*28), (256, 256, 8*28*28), (256, 512, 4*14*14), (512, 512, 4*14*14), (512, 512, 2*49), (512, 512, 2*49)]
add('C3D', 'c3d.cnn', 'Tran et al. 2015, figure 3; pool5 rounds up (Caffe), so fc6 sees 8192 values; 487 classes of Sports-1M',
    ['16x112x112x64', '16x56x56x64', '16x56x56x128', '8x28x28x128', '8x28x28x256', '8x28x28x256', '4x14x14x256', '4x14x14x512', '4x14x14x512', '2x7x7x512',
     '2x7x7x512', '2x7x7x512', '1x4x4x512', '4096', '4096', '487'],
    [conv(27, i, o, p) for i, o, p in shape] + [fc(8192, 4096), fc(4096, 4096), fc(4096, 487)], known=78409573 + 386*4097)
# Darknet-19
c = lambda k, i, o, s: conv(k*k, i, o, s*s, bias=False, bn=True)
d19 = [c(3, 3, 32, 224), c(3, 32, 64, 112)]
for w, s, n in ((128, 56, 1), (256, 28, 1), (512, 14, 2), (1024, 7, 2)):
    i = w//2
    for _ in range(n): d19 += [c(3, i, w, s), c(1, w, w//2, s)]; i = w//2
    d19 += [c(3, i, w, s)]
d19 += [conv(1, 1024, 1000, 49)]
add('Darknet19', 'darknet19.cnn', 'Redmon and Farhadi 2016, table 6; 5.58 billion operations in the text (2 x macs)',
    ['112x112x32', '56x56x64', '28x28x128', '14x14x256', '7x7x512', '7x7x1024', '7x7x1000', '1000'], d19, operations=5.58e9)
# Darknet-53 and YOLOv3
def d53(s):
    rows = [c(3, 3, 32, s)]
    for w, n in ((64, 1), (128, 2), (256, 8), (512, 8), (1024, 4)):
        s //= 2; rows.append(c(3, w//2, w, s))
        for _ in range(n): rows += [c(1, w, w//2, s), c(3, w//2, w, s)]
    return rows
add('Darknet53', 'yolov3.cnn', "Redmon and Farhadi 2018, table 1; 18.7 billion operations in its table 2, 18.57 on its author's pages",
    ['256x256x32', '128x128x64', '64x64x128', '32x32x256', '16x16x512', '8x8x1024', '1024', '1000'], d53(256) + [fc(1024, 1000)], operations=18.57e9)
def neck(i, w, s): return [c(1, i, w, s), c(3, w, 2*w, s), c(1, 2*w, w, s), c(3, w, 2*w, s), c(1, 2*w, w, s)]
def detect(w, s): return [c(3, w, 2*w, s), conv(1, 2*w, 255, s*s)]
y = d53(416) + neck(1024, 512, 13) + detect(512, 13) + [c(1, 512, 256, 13)] + neck(256 + 512, 256, 26) + detect(256, 26) \
    + [c(1, 256, 128, 26)] + neck(128 + 256, 128, 52) + detect(128, 52)
add('YoloV3', 'yolov3.cnn', "Redmon and Farhadi 2018; 65.86 billion operations at 416 on its author's pages; 61,949,149 parameters is the count widely given",
    ['52x52x256', '26x26x512', '13x13x1024', '13x13x255', '26x26x255', '52x52x255'], y, known=61949149, operations=65.86e9,
    outputs=['13x13x255', '26x26x255', '52x52x255'])

if __name__ == '__main__':
    # Holds test/conformance/papers.json, which the tests read, to this count.
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../conformance/papers.json')
    papers = json.load(open(path))
    faults = 0
    for n, f in F.items():
        same = all(papers[n][key] == f[key] for key in ('params', 'macs', 'sizes'))
        known = f.get('known', f['params']) == f['params']
        close = abs(2*f['macs']/f.get('operations', 2*f['macs']) - 1) < 1e-3
        faults += not (same and known and close)
        print(f"{n:12} {f['params']:>12,} params {f['macs']:>16,} macs {'' if same and known and close else 'DIFFERS'}")
    sys.exit(1 if faults or set(F) != set(papers) else 0)
