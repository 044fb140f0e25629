"""Ce que le serveur frontal a passé, ce qu'il a oublié, et la ligne qui le répare."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from beffroi.socle.guichet.demandes import FORME
from formats.pluriels import compter

UN_AN_S = 31_536_000
PORTS = {"http": 80, "https": 443}
TROP_GROS = 413
SANS_FRONTAL = "BEFFROI_SERVEURS_FRONTAUX vaut 0 : aucun serveur frontal n'est attendu."
SANS_HTTPS = "L'adresse publique n'est pas en https."
PAS_D_ICI = "Cela ne se mesure pas d'un navigateur : « ./beffroi frontal » le dit."


class Etat(StrEnum):
    """Ce que vaut une ligne : le mot qui se lit."""

    JUSTE = "Juste"
    A_REVOIR = "À revoir"
    MANQUE = "Manque"
    SANS_OBJET = "Sans objet"
    NON_MESURE = "Non mesuré"


TONS = {Etat.JUSTE: "ok", Etat.A_REVOIR: "attention", Etat.MANQUE: "danger"}
A_ECRIRE = frozenset({Etat.A_REVOIR, Etat.MANQUE})
Avis = tuple[Etat, str]


@dataclass(frozen=True)
class Attendu:
    """Ce que les réglages de la plateforme disent du dehors."""

    adresse: str
    frontaux: int

    @property
    def est_en_https(self) -> bool:
        return self.adresse.startswith("https://")

    @property
    def hote(self) -> str:
        return urlsplit(self.adresse).netloc

    @property
    def port(self) -> int:
        parties = urlsplit(self.adresse)
        return parties.port or PORTS.get(parties.scheme, 0)


@dataclass(frozen=True)
class Arrivee:
    """Ce qu'une demande portait en arrivant à la plateforme ; vide : rien n'est arrivé."""

    hote: str = ""
    protocole: str = ""
    visiteurs: str = ""
    demande: str = ""
    port: str = ""
    liaison: str = ""


@dataclass(frozen=True)
class Dehors:
    """Ce que le public en reçoit ; None : cela n'a pas été mesuré."""

    hsts: str | None = None
    csp: str | None = None
    nom_choisi: bool | None = None
    dialogue: str | None = None
    tls: str | None = None
    # Le statut d'un envoi de 13 Mo ; 0 : la liaison a été coupée avant la fin.
    debordement: int | None = None
    envoi_retenu: bool | None = None


def hote(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not arrivee.hote:
        return Etat.MANQUE, "La plateforme n'a pas reçu de nom qu'elle serve : elle répond 400."
    if arrivee.hote == attendu.hote:
        return Etat.JUSTE, f"« {arrivee.hote} » est arrivé, comme dans l'adresse publique."
    return Etat.MANQUE, f"« {arrivee.hote} » est arrivé, au lieu de « {attendu.hote} »."


def protocole(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not attendu.est_en_https:
        return Etat.SANS_OBJET, SANS_HTTPS
    if arrivee.protocole == "https":
        return Etat.JUSTE, "La plateforme sait que la demande est venue en https."
    dit = f"« {arrivee.protocole} » est arrivé" if arrivee.protocole else "Rien n'est arrivé"
    return Etat.MANQUE, f"{dit} : la plateforme croit parler en clair, et ne dit plus HSTS."


def visiteur(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    adresses = [une.strip() for une in arrivee.visiteurs.split(",") if une.strip()]
    dites = ", ".join(adresses)
    if not attendu.frontaux:
        if not adresses:
            return Etat.SANS_OBJET, SANS_FRONTAL
        return Etat.A_REVOIR, (
            f"{dites} est arrivé, et BEFFROI_SERVEURS_FRONTAUX vaut 0 : tous les visiteurs "
            "semblent venir du serveur frontal. Donnez leur nombre."
        )
    if len(adresses) < attendu.frontaux:
        dit = f"{dites} est arrivé" if dites else "Rien n'est arrivé"
        return Etat.MANQUE, (
            f"{dit}, quand BEFFROI_SERVEURS_FRONTAUX vaut {attendu.frontaux} : tous les "
            "visiteurs semblent venir d'un même réseau, et les essais manqués de l'un feraient "
            "attendre les autres."
        )
    if len(adresses) > attendu.frontaux:
        return Etat.A_REVOIR, (
            f"{dites} : plus d'adresses que BEFFROI_SERVEURS_FRONTAUX n'en dit "
            f"({attendu.frontaux}). Un serveur de plus se tient devant, ou garde ce qu'un visiteur "
            "a écrit."
        )
    return Etat.JUSTE, f"{dites} est arrivé : l'adresse d'où cette demande est partie."


def demande(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not attendu.frontaux:
        return Etat.SANS_OBJET, SANS_FRONTAL
    if dehors.nom_choisi:
        return Etat.MANQUE, "Le nom choisi par le visiteur est revenu : il nommerait sa demande."
    if FORME.fullmatch(arrivee.demande):
        return Etat.JUSTE, "Le même nom va du journal du serveur frontal à ceux de la plateforme."
    if arrivee.demande:
        return Etat.A_REVOIR, "Sa forme n'est ni celle de nginx, ni un UUID : elle est remplacée."
    return Etat.MANQUE, "Rien n'est arrivé : les deux journaux ne se répondent pas."


def port(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not arrivee.port:
        return Etat.JUSTE, "Il n'est pas dit, et rien ne s'en sert : le port est dans Host."
    if arrivee.port == str(attendu.port):
        return Etat.JUSTE, f"Il dit {arrivee.port}, comme l'adresse publique ; rien ne s'en sert."
    return Etat.A_REVOIR, (
        f"Il dit {arrivee.port}, et l'adresse publique {attendu.port} : rien ne s'en sert, mais "
        "un serveur de plus se tient peut-être devant."
    )


def liaison(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not attendu.frontaux:
        return Etat.SANS_OBJET, SANS_FRONTAL
    if not arrivee.hote:
        return Etat.NON_MESURE, "La demande n'est pas arrivée."
    if arrivee.liaison.lower() == "close":
        return Etat.A_REVOIR, "« close » est arrivé : chaque demande ouvre une liaison au nœud."
    return Etat.JUSTE, "Les liaisons au nœud se gardent d'une demande à l'autre."


def hsts(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not attendu.est_en_https:
        return Etat.SANS_OBJET, SANS_HTTPS
    if dehors.hsts is None:
        return Etat.NON_MESURE, "La page n'a pas encore été relue."
    if not dehors.hsts:
        return Etat.MANQUE, "Il n'est pas arrivé : la première visite peut se faire en clair."
    if dehors.hsts.startswith(f"max-age={UN_AN_S}"):
        return Etat.JUSTE, f"« {dehors.hsts} » est arrivé, comme la plateforme le dit."
    return Etat.A_REVOIR, f"« {dehors.hsts} » est arrivé : ce n'est pas ce que dit la plateforme."


def csp(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if dehors.csp is None:
        return Etat.NON_MESURE, "La page n'a pas encore été relue."
    if not dehors.csp:
        return Etat.MANQUE, "Elle n'est pas arrivée : un script étranger pourrait s'exécuter."
    if "default-src 'none'" in dehors.csp:
        return Etat.JUSTE, "Celle de la plateforme est arrivée : rien d'étranger ne s'exécute."
    return Etat.A_REVOIR, "Une autre est arrivée à la place de celle de la plateforme."


def dialogue(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not attendu.est_en_https:
        return Etat.SANS_OBJET, SANS_HTTPS
    if dehors.dialogue is None:
        return Etat.NON_MESURE, "La page n'a pas encore été relue."
    if dehors.dialogue in {"h2", "h3"}:
        return Etat.JUSTE, f"« {dehors.dialogue} » : une liaison porte toutes les demandes."
    return Etat.A_REVOIR, f"« {dehors.dialogue or 'http/1.1'} » : un envoi en retient d'autres."


def tls(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not attendu.est_en_https:
        return Etat.SANS_OBJET, SANS_HTTPS
    if dehors.tls is None:
        return Etat.NON_MESURE, PAS_D_ICI
    if dehors.tls == "TLSv1.3":
        return Etat.JUSTE, "TLS 1.3."
    return Etat.A_REVOIR, f"{dehors.tls}, où TLS 1.3 est attendu."


def taille(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not attendu.frontaux:
        return Etat.SANS_OBJET, SANS_FRONTAL
    if dehors.debordement is None:
        return Etat.NON_MESURE, "L'envoi de 13 Mo n'a pas encore été fait."
    if dehors.debordement in {TROP_GROS, 0}:
        return Etat.JUSTE, "13 Mo sont refusés avant la plateforme, là où rien n'est attendu."
    return Etat.MANQUE, "13 Mo sont allés jusqu'à la plateforme, là où rien n'est attendu."


def tampon(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not attendu.frontaux:
        return Etat.SANS_OBJET, SANS_FRONTAL
    if dehors.envoi_retenu is None:
        return Etat.NON_MESURE, PAS_D_ICI
    if dehors.envoi_retenu:
        return Etat.JUSTE, "Un envoi commencé attend d'être entier avant d'aller au nœud."
    return Etat.MANQUE, "Un envoi part au nœud à mesure : un envoi lent y occupe un fil."


@dataclass(frozen=True)
class Regard:
    """Une chose à tenir, qui la juge, et ce qu'il faut écrire quand elle manque."""

    titre: str
    en_tete: str
    juger: Callable[[Attendu, Arrivee, Dehors], Avis]
    nginx: str
    caddy: str


REGARDS: Mapping[str, Regard] = {
    "hote": Regard(
        "Le nom demandé",
        "Host",
        hote,
        "proxy_set_header Host $http_host;",
        "il passe d'office ; ôtez toute ligne « header_up Host ».",
    ),
    "protocole": Regard(
        "La liaison chiffrée",
        "X-Forwarded-Proto",
        protocole,
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "il passe d'office ; ôtez toute ligne « header_up X-Forwarded-Proto ».",
    ),
    "visiteur": Regard(
        "L'adresse du visiteur",
        "X-Forwarded-For",
        visiteur,
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "il passe d'office ; ôtez toute ligne « header_up X-Forwarded-For ».",
    ),
    "demande": Regard(
        "Le nom de la demande",
        "X-Request-ID",
        demande,
        "proxy_set_header X-Request-ID $request_id;",
        "header_up X-Request-ID {http.request.uuid}",
    ),
    "port": Regard(
        "Le port",
        "X-Forwarded-Port",
        port,
        'proxy_set_header X-Forwarded-Port "";',
        "header_up -X-Forwarded-Port",
    ),
    "liaison": Regard(
        "Entre le serveur frontal et le nœud",
        "Connection",
        liaison,
        'proxy_http_version 1.1; proxy_set_header Connection "";',
        "les liaisons se gardent d'office ; ôtez « keepalive off » et « header_up Connection ».",
    ),
    "hsts": Regard(
        "Rien en clair à l'avenir",
        "Strict-Transport-Security",
        hsts,
        "réparez d'abord X-Forwarded-Proto ; puis ôtez « proxy_hide_header » et « add_header ».",
        "réparez d'abord X-Forwarded-Proto ; puis ôtez « header Strict-Transport-Security ».",
    ),
    "csp": Regard(
        "Rien d'étranger dans une page",
        "Content-Security-Policy",
        csp,
        "ôtez « proxy_hide_header Content-Security-Policy » et l'« add_header » qui la remplace.",
        "ôtez toute ligne « header Content-Security-Policy » ou « header_down ».",
    ),
    "dialogue": Regard(
        "Entre le public et le serveur frontal",
        "HTTP/2",
        dialogue,
        "http2 on;",
        "protocols h1 h2",
    ),
    "tls": Regard(
        "Le chiffrement",
        "TLS 1.3",
        tls,
        "ssl_protocols TLSv1.3;",
        "protocols tls1.3",
    ),
    "taille": Regard(
        "Ce qui déborde",
        "12 Mo",
        taille,
        "client_max_body_size 12m;",
        "import borne 12582912",
    ),
    "tampon": Regard(
        "L'envoi gardé entier",
        "proxy_request_buffering",
        tampon,
        "proxy_request_buffering on;",
        "import {$BEFFROI_TAMPON:tampon}",
    ),
}


@dataclass(frozen=True)
class Remede:
    """Ce qui répare, dans un serveur frontal : une ligne à recopier, ou un geste, en une phrase."""

    serveur: str
    texte: str

    @property
    def se_recopie(self) -> bool:
        """Une phrase finit par un point ; une ligne de réglages, jamais."""
        return not self.texte.endswith(".")


@dataclass(frozen=True)
class Ligne:
    """Un regard, et ce qu'il a vu."""

    code: str
    etat: Etat
    phrase: str

    @property
    def regard(self) -> Regard:
        return REGARDS[self.code]

    @property
    def remedes(self) -> tuple[Remede, ...]:
        """Rien à écrire : rien."""
        if not self.est_a_ecrire:
            return ()
        return Remede("nginx", self.regard.nginx), Remede("Caddy", self.regard.caddy)

    @property
    def ton(self) -> str:
        return TONS.get(self.etat, "gris")

    @property
    def est_a_ecrire(self) -> bool:
        return self.etat in A_ECRIRE


def lignes(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> list[Ligne]:
    """Tous les regards, dans l'ordre où une demande les rencontre."""
    return [
        Ligne(code, *regard.juger(attendu, arrivee, dehors)) for code, regard in REGARDS.items()
    ]


def bilan(lues: list[Ligne]) -> tuple[str, str]:
    """Le ton et la phrase d'en haut ; ce qui n'est pas mesuré ne passe pas pour juste."""
    manquent = [ligne.regard.en_tete for ligne in lues if ligne.est_a_ecrire]
    if manquent:
        return "danger", f"À écrire : {', '.join(manquent)}"
    restent = sum(ligne.etat is Etat.NON_MESURE for ligne in lues)
    if restent:
        reste = compter(restent, "ligne reste", "lignes restent")
        return "info", f"Rien ne manque dans ce qui est mesuré ; {reste} à mesurer"
    return "ok", "Le serveur frontal passe tout ce qu'il faut"
