"""A finding's lines below the first: who did what, from where, and what was found. Every field may be missing."""

from bot.core.findings import sequence
from bot.core.findings.action import Action, ApiCall, Connection, KubernetesCall, Login, Probes, RemoteIp
from bot.core.findings.finding import Finding, Process, Service
from bot.core.findings.resource import Key, Kubernetes
from bot.core.findings.title import principal, spoken
from bot.core.spoken import folded, sentence, some
from bot.core.text import Code, Line
from bot.core.words import spaced


def resource(finding: Finding) -> str | None:
    """The thing it happened to, by the name people use, its id behind; else the user whose key it was."""
    key = finding.resource.access_key_details
    user = key.user_name if key else None
    if finding.resource.resource_type == "AccessKey" and user:
        return user
    return next((name for _, name in finding.resource.things), None) or user or _touched(finding)


def _touched(finding: Finding) -> str | None:
    told = finding.service.detection and finding.service.detection.sequence
    return some([one.words for one in told.resources if one.words], 2) or None if told else None


def story(finding: Finding) -> tuple[Line, ...]:
    """Who acted, what they did and from where, or AWS's description where neither is known."""
    of, service = finding.resource, finding.service
    lines = (
        _who(of.access_key_details),
        _kubernetes(of.kubernetes_details),
        _what(service.action),
        _ran(service.runtime_details.process if service.runtime_details else None),
        ("Found: ", Code(some(service.threats))) if service.threats else (),
        _listed(service),
        *_sequence(service),
    )
    return tuple(line for line in lines if line) or _paragraph(finding.description)


def _sequence(service: Service) -> tuple[Line, ...]:
    told = service.detection.sequence if service.detection else None
    if told is None:
        return ()
    return sequence.story(told) or _paragraph(told.description)


def _paragraph(text: str | None) -> tuple[Line, ...]:
    lines = (folded(spoken(line.strip(" -"))) for line in (text or "").splitlines())
    return tuple((line,) for line in lines if line)


def _who(key: Key | None) -> Line:
    who = principal(key)
    if key is None or not (who or key.access_key_id):
        return ()
    session = (key.principal_id or "").partition(":")[2]
    of = f"{who or 'somebody'}{f' (session {session})' if session else ''}"
    return ("Key ", Code(key.access_key_id), f" of {of}") if key.access_key_id else (f"By {of}",)


def _kubernetes(told: Kubernetes | None) -> Line:
    user = told.kubernetes_user_details if told else None
    work = told.kubernetes_workload_details if told else None
    said = [f"By Kubernetes user {user.username}"] if user and user.username else []
    if work and work.name:
        kind = spaced(work.type or "workload").lower()
        said.append(f"{kind} {work.name}{f' in namespace {work.namespace}' if work.namespace else ''}")
    return (sentence(", ".join(said)),) if said else ()


def _what(action: Action | None) -> Line:
    if action is None:
        return ()
    if action.dns_request_action and action.dns_request_action.domain:
        blocked = (" (blocked)",) if action.dns_request_action.blocked else ()
        return ("Asked DNS for ", Code(action.dns_request_action.domain), *blocked)
    acts = (
        action.aws_api_call_action,
        action.network_connection_action,
        action.port_probe_action,
        action.kubernetes_api_call_action,
        action.rds_login_attempt_action,
    )
    return next((_act(act) for act in acts if act), ())


def _act(act: ApiCall | Connection | Probes | KubernetesCall | Login) -> Line:
    match act:
        case ApiCall():
            refused = (f" (refused: {spaced(act.error_code).lower()})",) if act.error_code else ()
            return ("Called ", Code(act.api or "an API"), *refused, *_from(act.remote_ip_details))
        case Connection():
            return _connection(act)
        case Probes():
            return _probes(act)
        case KubernetesCall():
            call = f"{act.verb or ''} {act.request_uri or ''}".strip()
            said: Line = ("Kubernetes call ", Code(call)) if call else ("A call of Kubernetes",)
            return (*said, *_from(act.remote_ip_details))
        case Login():
            return _login(act)


def _connection(link: Connection) -> Line:
    outbound = link.connection_direction == "OUTBOUND"
    end = link.remote_port_details if outbound else link.local_port_details
    way = {"INBOUND": "Inbound connection", "OUTBOUND": "Outbound connection"}
    port = (
        f", port {end.port}{f'/{link.protocol.lower()}' if link.protocol else ''}" if end and end.port else ""
    )
    place = _from(link.remote_ip_details, outbound=outbound)
    return (way.get(link.connection_direction or "", "Connection"), *place, *((port,) if port else ()))


def _probes(act: Probes) -> Line:
    if not act.port_probe_details:
        return ()
    ports = some([str(port) for port in act.ports], 5) or "unknown"
    plural = len(act.ports) > 1
    said = f"{'Ports' if plural else 'Port'} {ports} {'were' if plural else 'was'} tried"
    return (said, *_from(act.port_probe_details[0].remote_ip_details))


def _login(act: Login) -> Line:
    first = next(iter(act.login_attributes), None)
    who = f" as {first.user}" if first and first.user else ""
    app = f" with {first.application}" if first and first.application else ""
    tries = f", {first.failed_login_attempts:,} failed" if first and first.failed_login_attempts else ""
    return (f"Database login{who}{app}", *_from(act.remote_ip_details), *((tries,) if tries else ()))


def _ran(process: Process | None) -> Line:
    if process is None or not (process.executable_path or process.name):
        return ()
    by = (f" by {process.user}",) if process.user else ()
    return ("Program ", Code(process.executable_path or process.name or ""), *by)


def _listed(service: Service) -> Line:
    lists = service.evidence.threat_intelligence_details if service.evidence else ()
    said = [
        f"{one.threat_list_name or 'not named'}{f' ({some(one.threat_names)})' if one.threat_names else ''}"
        for one in lists
        if one.threat_list_name or one.threat_names
    ]
    return (f"On the threat list {some(said)}",) if said else ()


def _from(remote: RemoteIp | None, *, outbound: bool = False) -> Line:
    if remote is None or remote.address is None:
        return ()
    place = ", ".join(part for part in (remote.network, remote.country_name) if part)
    return (" to " if outbound else " from ", Code(remote.address), f" ({place})" if place else "")
