namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>
/// How an endpoint's queue moves. Only messages whose key is the endpoint run these, one at a time; others add rows that are new.
/// So who is head is never decided by two at once.
/// </summary>
internal static class QueueSql
{
    /// <summary>New ones looked at in one go, of all endpoints together.</summary>
    public const int AdmitAtOnce = 1000;

    /// <summary>Of each, however many they are: more than may be under way.</summary>
    public const int LeastAdmitted = 2 * Health.MaxInFlight;

    /// <summary>By <c>endpoint_pkey</c>.</summary>
    public const string LockEndpoints =
        """
        SELECT id, enabled, disabled_reason, failing_since, resume_at, wake_at, bus.now()
        FROM webhooks.endpoint
        WHERE id = ANY ($1)
        ORDER BY id
        FOR NO KEY UPDATE
        """;

    /// <summary>By <c>delivery_pkey</c>.</summary>
    public const string Load = "SELECT id, endpoint, key, state, attempts FROM webhooks.delivery WHERE id = ANY ($1)";

    /// <summary>The first of its key is due unless another is before it. By <c>delivery_new</c> and <c>delivery_line</c>.</summary>
    public const string Admit =
        """
        WITH added AS (
            SELECT first.id, row_number() OVER (PARTITION BY e.id, key ORDER BY position) AS nth
            FROM unnest($1) AS e (id)
            CROSS JOIN LATERAL (
                SELECT id, key, position FROM webhooks.delivery
                WHERE endpoint = e.id AND state = 'new'
                ORDER BY position
                LIMIT $2) AS first)
        UPDATE webhooks.delivery AS d
        SET due_at = (SELECT bus.now()),
            state = CASE
                WHEN added.nth = 1 AND NOT EXISTS (
                    SELECT FROM webhooks.delivery AS before
                    WHERE before.endpoint = d.endpoint AND before.key = d.key AND before.state IN ('behind', 'due', 'sending'))
                THEN 'due' ELSE 'behind' END
        FROM added
        WHERE d.id = added.id
        """;

    /// <summary>By <c>delivery_due</c> and <c>delivery_sending</c>.</summary>
    public const string Take =
        """
        WITH due AS MATERIALIZED (
            SELECT head.id
            FROM unnest($1, $2) AS e (id, allowance)
            CROSS JOIN LATERAL (
                SELECT id FROM webhooks.delivery
                WHERE endpoint = e.id AND state = 'due' AND due_at <= (SELECT bus.now())
                ORDER BY due_at, position
                LIMIT greatest(0, e.allowance - (SELECT count(*) FROM webhooks.delivery WHERE endpoint = e.id AND state = 'sending'))) AS head)
        UPDATE webhooks.delivery AS d
        SET state = 'sending', attempts = d.attempts + 1
        FROM due
        WHERE d.id = due.id
        RETURNING d.endpoint, d.id, d.attempts
        """;

    /// <summary>When the next is due, and whether new ones are left. By <c>delivery_due</c> and <c>delivery_new</c>.</summary>
    public const string Next =
        """
        SELECT e.id,
               (SELECT min(due_at) FROM webhooks.delivery WHERE endpoint = e.id AND state = 'due'),
               EXISTS (SELECT FROM webhooks.delivery WHERE endpoint = e.id AND state = 'new')
        FROM unnest($1) AS e (id)
        """;

    public const string WakeAt = "UPDATE webhooks.endpoint AS e SET wake_at = n.at FROM unnest($1, $2) AS n (id, at) WHERE e.id = n.id";

    /// <summary>By <c>delivery_pkey</c>. The last twenty attempts are kept.</summary>
    public const string Move =
        """
        UPDATE webhooks.delivery AS d
        SET state = n.state, due_at = n.due_at, attempts = n.attempts,
            ended_at = CASE WHEN n.due_at IS NULL THEN (SELECT bus.now()) END,
            log = CASE
                WHEN n.entry IS NULL THEN d.log
                WHEN jsonb_array_length(d.log) >= 20 THEN (d.log - 0) || n.entry::jsonb
                ELSE d.log || n.entry::jsonb END
        FROM unnest($1, $2, $3, $4, $5) AS n (id, state, due_at, attempts, entry)
        WHERE d.id = n.id
        """;

    /// <summary>The one behind a head that has ended is due. By <c>delivery_line</c>.</summary>
    public const string Promote =
        """
        UPDATE webhooks.delivery AS d
        SET state = 'due', due_at = (SELECT bus.now())
        FROM unnest($1, $2) AS ended (endpoint, key)
        CROSS JOIN LATERAL (
            SELECT id FROM webhooks.delivery
            WHERE endpoint = ended.endpoint AND key = ended.key AND state IN ('behind', 'due', 'sending')
            ORDER BY position
            LIMIT 1) AS next
        WHERE d.id = next.id AND d.state = 'behind'
        """;

    public const string Heal =
        """
        UPDATE webhooks.endpoint AS e
        SET enabled = n.enabled, disabled_reason = n.disabled_reason, failing_since = n.failing_since, resume_at = n.resume_at
        FROM unnest($1, $2, $3, $4, $5) AS n (id, enabled, disabled_reason, failing_since, resume_at)
        WHERE e.id = n.id
        """;
}
