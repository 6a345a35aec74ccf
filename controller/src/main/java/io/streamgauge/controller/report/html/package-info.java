/**
 * A run as one HTML file that needs no network. Whatever came from outside travels in it as JSON
 * and is put on the page as text, so that nothing of it is ever read as markup.
 */
package io.streamgauge.controller.report.html;
