import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Runs keytool's own code over many files in one virtual machine: COMMAND FILE pairs in, "### ok" or "### refused" after each. */
public class PrintCertificates {
  public static void main(String[] args) throws Exception {
    Class<?> keytool = Class.forName("sun.security.tools.keytool.Main");
    Constructor<?> constructor = keytool.getDeclaredConstructor();
    Method run = keytool.getDeclaredMethod("run", String[].class, PrintStream.class);
    constructor.setAccessible(true);
    run.setAccessible(true);
    PrintStream console = System.out;
    for (int i = 0; i + 1 < args.length; i += 2) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      System.setOut(new PrintStream(said, true));
      String verdict = "### ok";
      try {
        // With -debug keytool throws what would otherwise end the virtual machine.
        String[] command = {args[i], "-file", args[i + 1], "-debug"};
        run.invoke(constructor.newInstance(), command, System.out);
      } catch (InvocationTargetException refused) {
        verdict = "### refused";
      }
      console.println(said.toString());
      console.println(verdict);
    }
  }
}
