// Unpacks the browser of @sparticuz/chromium into $TMPDIR and names where it is.
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
