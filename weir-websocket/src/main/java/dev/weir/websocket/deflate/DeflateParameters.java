package dev.weir.websocket.deflate;

/**
 * What client and server agreed on (RFC 7692 7.1). What was not mentioned has its default: history
 * is kept, windows are of 32 KiB.
 *
 * @param serverNoContextTakeover whether the server forgets its history after each message
 * @param clientNoContextTakeover whether the client forgets its history after each message
 * @param serverMaxWindowBits the reach of the server's back references as a power of two, 8 to 15
 * @param clientMaxWindowBits the reach of the client's back references as a power of two, 8 to 15
 */
public record DeflateParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    int clientMaxWindowBits) {}
