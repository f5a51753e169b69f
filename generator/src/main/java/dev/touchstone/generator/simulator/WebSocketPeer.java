package dev.touchstone.generator.simulator;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/** The server's end of one WebSocket, as far as a simulator needs RFC 6455: whole messages out, and what comes in is not listened to. */
final class WebSocketPeer {

    // RFC 6455, section 1.3
    private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MOST_INCOMING_BYTES = 1 << 20;

    private final Socket socket;
    private final OutputStream out;

    private WebSocketPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    /** Answers a request for an upgrade. */
    static WebSocketPeer upgrade(Exchange exchange, String key) throws IOException {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("Connection", "Upgrade");
        headers.put("Upgrade", "websocket");
        headers.put("Sec-WebSocket-Accept", accept(key));
        return new WebSocketPeer(exchange.upgrade(headers));
    }

    static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }

    /** Sends a text. A client that has gone misses it. */
    void text(String message) {
        send(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes. A client that has gone misses them. */
    void binary(byte[] message) {
        send(BINARY, message);
    }

    private synchronized void send(int opcode, byte[] payload) {
        try {
            ByteBuffer head = ByteBuffer.allocate(10).put((byte) (FINAL | opcode));
            if (payload.length < 126) {
                head.put((byte) payload.length);
            } else if (payload.length < 1 << 16) {
                head.put((byte) 126).putShort((short) payload.length);
            } else {
                head.put((byte) 127).putLong(payload.length);
            }
            out.write(head.array(), 0, head.position());
            out.write(payload);
            out.flush();
        } catch (IOException e) {
            close();
        }
    }

    /** Reads until the client closes; answers pings. */
    void listen() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            int first = in.read();
            if (first < 0) {
                return;
            }
            int second = in.readUnsignedByte();
            long length = second & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            if ((second & 0x80) == 0 || length < 0 || length > MOST_INCOMING_BYTES) {
                throw new ProtocolException("expected a masked frame of at most 1 MiB");
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes((int) length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            int opcode = first & 0x0F;
            if (opcode == PING) {
                send(PONG, payload);
            } else if (opcode == CLOSE) {
                send(CLOSE, payload);
                return;
            }
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }
}
