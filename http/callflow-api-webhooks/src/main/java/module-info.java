/** Delivers events of conferences to the webhooks of accounts. */
module dev.callflow.api.delivery {
  requires transitive dev.callflow.api;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires org.slf4j;

  exports dev.callflow.api.delivery;
}
