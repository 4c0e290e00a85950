import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function that does what its event says, to see what the local Lambda makes of it. */
public final class Probe implements RequestStreamHandler {

  public static final class Unstartable implements RequestStreamHandler {
    public Unstartable() {
      throw new IllegalStateException("cannot start");
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {}
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println("event " + event);
    switch (field(event, "Do")) {
      case "describe" -> describe(field(event, "Name"));
      case "throw" -> throw new IllegalStateException("told to throw");
      case "exit" -> System.exit(3);
      case "run out of memory" -> throw new OutOfMemoryError("told to");
      case "hang" -> hang();
      case "tell" -> System.out.println(about(context));
      default -> {}
    }
    String url = field(event, "ResponseURL");
    if (!url.isEmpty()) {
      put(url, field(event, "Answer"));
    }
  }

  private static String about(Context context) {
    return "remaining=%d arn=%s name=%s memory=%d pid=%d region=%s"
        .formatted(
            context.getRemainingTimeInMillis(),
            context.getInvokedFunctionArn(),
            context.getFunctionName(),
            context.getMemoryLimitInMB(),
            ProcessHandle.current().pid(),
            System.getenv("AWS_REGION"));
  }

  private static void hang() {
    while (true) {
      try {
        Thread.sleep(1_000_000);
      } catch (InterruptedException e) {
        // Told to hang.
      }
    }
  }

  private static void describe(String name) throws IOException {
    HttpURLConnection ecr = open(System.getenv("AWS_ENDPOINT_URL_ECR") + "/", "POST");
    ecr.setRequestProperty(
        "X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories");
    ecr.setRequestProperty("Content-Type", "application/x-amz-json-1.1");
    ecr.setRequestProperty(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/ecr/aws4_request, SignedHeaders=host, Signature=0"
            .formatted(System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_REGION")));
    ecr.getOutputStream().write("{\"repositoryNames\":[\"%s\"]}".formatted(name).getBytes());
    ecr.getResponseCode();
  }

  private static void put(String url, String answer) throws IOException {
    HttpURLConnection put = open(url, "PUT");
    put.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    if (put.getResponseCode() != 200) {
      throw new IOException("PUT answered " + put.getResponseCode());
    }
  }

  private static HttpURLConnection open(String url, String method) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setDoOutput(true);
    return connection;
  }

  private static String field(String event, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(event);
    return found.find() ? found.group(1) : "";
  }
}
