/** {@code pcmshare serve} and its clients, as processes of their own. */
package io.pcmshare.checks.serve;
