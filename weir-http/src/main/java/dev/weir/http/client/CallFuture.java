package dev.weir.http.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A future whose cancelling gives the call up. Any thread. */
final class CallFuture<T> extends CompletableFuture<T> {

  private volatile @Nullable ClientCall call;

  void of(ClientCall owner) {
    call = owner;
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean cancelled = super.cancel(mayInterrupt);
    ClientCall owner = call;
    if (cancelled && owner != null) {
      owner.cancel();
    }
    return cancelled;
  }
}
