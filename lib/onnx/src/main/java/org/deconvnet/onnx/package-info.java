/**
 * Networks of ONNX files: read by protobuf, run forward by ONNX Runtime. The only code that needs
 * either; {@code network.cnn} finds it through {@link java.util.ServiceLoader}.
 */
package org.deconvnet.onnx;
