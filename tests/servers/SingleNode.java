import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/** One node of OpenSearch on the loopback, for as long as its standard input is open; the distribution's launcher
 * refuses to run as root and wants a folder of modules. */
public final class SingleNode extends Node {
    private SingleNode(Settings settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "tests"),
            List.of(Netty4Plugin.class),
            true
        );
    }

    /** Arguments: a folder for its data, and the file that takes the address once it answers, the file that takes the address once it answers. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.builder()
            .put("path.home", arguments[0])
            .put("cluster.name", "tests")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.port", "0")
            .put("node.processors", 1)
            .put("bootstrap.memory_lock", false)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
        try (Node node = new SingleNode(settings).start()) {
            tell(Path.of(arguments[1]), "http://" + node.injector().getInstance(HttpServerTransport.class)
                .boundAddress().publishAddress());
            while (System.in.read() != -1) {
                // a parent that ends closes it
            }
        }
        System.exit(0);
    }

    private static void tell(Path place, String address) throws IOException {
        Path aside = place.resolveSibling(place.getFileName() + ".new");
        Files.writeString(aside, address);
        Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
    }
}
