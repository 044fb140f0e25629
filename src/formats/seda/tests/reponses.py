"""Des réponses d'un service d'archives, écrites comme le schéma les veut."""

from formats.seda.versions import espace

LE = "2026-11-28T10:15:00+01:00"
LISTES = (
    "<CodeListVersions><ReplyCodeListVersion>1</ReplyCodeListVersion>"
    "<MessageDigestAlgorithmCodeListVersion>1</MessageDigestAlgorithmCodeListVersion>"
    "</CodeListVersions>"
)
PRISE = f"<GrantDate>{LE}</GrantDate>"
REFUS = (
    "<Operation><Event><EventTypeCode>SEDA</EventTypeCode>"
    "<EventDateTime>2026-11-28T10:14:00</EventDateTime><Outcome>OK</Outcome>"
    "<OutcomeDetailMessage>Bordereau conforme</OutcomeDetailMessage></Event>"
    "<Event><EventDateTime>2026-11-28T10:14:30</EventDateTime><Outcome>KO</Outcome>"
    "<OutcomeDetailMessage>Règle DUA-5-ANS inconnue</OutcomeDetailMessage></Event></Operation>"
)
UNITES = (
    "<DataObjectPackage><DescriptiveMetadata>"
    '<ArchiveUnit id="CONSULTATION"><Content><SystemId>aeaq-1</SystemId>'
    "<ArchivalAgencyArchiveUnitIdentifier>3 E 118</ArchivalAgencyArchiveUnitIdentifier>"
    "</Content></ArchiveUnit>"
    '<ArchiveUnit id="ETAPE1"><Content><SystemId>aeaq-2</SystemId></Content></ArchiveUnit>'
    "</DescriptiveMetadata><ManagementMetadata/></DataObjectPackage>"
)


def accuse(
    transfert: str, *, version: str = "2.1", date: str = LE, identifiant: str = "SAE-AR-1"
) -> bytes:
    return _message(
        "Acknowledgement",
        version,
        f"<Date>{date}</Date><MessageIdentifier>{identifiant}</MessageIdentifier>"
        f"<MessageReceivedIdentifier>{transfert}</MessageReceivedIdentifier>"
        "<Sender><Identifier>FRAD062</Identifier></Sender><Receiver>"
        "<Identifier>21620178000014</Identifier></Receiver>",
    )


def reponse(
    transfert: str,
    *,
    code: str = "OK",
    version: str = "2.1",
    operation: str = "",
    prise: str = PRISE,
    unites: str = "",
    commentaire: str = "",
    date: str = LE,
) -> bytes:
    return _message(
        "ArchiveTransferReply",
        version,
        f"{f'<Comment>{commentaire}</Comment>' if commentaire else ''}<Date>{date}</Date>"
        f"<MessageIdentifier>SAE-ATR-1</MessageIdentifier>{LISTES}{unites}"
        f"{f'<ReplyCode>{code}</ReplyCode>' if code else ''}{operation}"
        f"<MessageRequestIdentifier>{transfert}</MessageRequestIdentifier>{prise}"
        "<ArchivalAgency><Identifier>FRAD062</Identifier></ArchivalAgency>"
        "<TransferringAgency><Identifier>21620178000014</Identifier></TransferringAgency>",
    )


def refus(transfert: str, **autres: str) -> bytes:
    return reponse(transfert, **{"code": "KO", "operation": REFUS, "prise": "", **autres})


def _message(nom: str, version: str, dedans: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{nom} xmlns="{espace(version)}">{dedans}</{nom}>'
    ).encode()
