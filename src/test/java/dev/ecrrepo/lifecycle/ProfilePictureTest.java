package dev.ecrrepo.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The picture in `docs/lifecycle.md`, drawn from the simulated year that the other tests count.
///
/// `./mvnw test -Dtest=ProfilePictureTest -Dregenerate=true` draws it anew.
class ProfilePictureTest {

  private static final Path PICTURE = Path.of("docs/images/lifecycle-profiles.svg");

  @Test
  void thePictureShowsWhatTheProfilesDo() throws IOException {
    String picture = ProfilePicture.draw();
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(PICTURE, picture);
    } else {
      assertEquals(
          picture,
          Files.readString(PICTURE),
          "stale; run ./mvnw test -Dtest=ProfilePictureTest -Dregenerate=true");
    }
  }
}
