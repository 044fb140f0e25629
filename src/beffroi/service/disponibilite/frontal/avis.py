"""Ce que vaut chaque chose à tenir, et la phrase qui le dit."""

from collections.abc import Callable
from functools import wraps

from beffroi.service.disponibilite.frontal.vu import Arrivee, Attendu, Avis, Dehors, Etat
from beffroi.socle.guichet.demandes import FORME

UN_AN_S = 31_536_000
TROP_GROS = 413
SANS_FRONTAL = "BEFFROI_SERVEURS_FRONTAUX vaut 0 : aucun serveur frontal n'est attendu."
SANS_HTTPS = "L'adresse publique n'est pas en https."
PAS_D_ICI = "Cela ne se mesure pas d'un navigateur : « ./beffroi frontal » le dit."
PAS_RELUE = "La page n'a pas encore été relue."
PAS_ENVOYE = "L'envoi de 13 Mo n'a pas encore été fait."
Juge = Callable[[Attendu, Arrivee, Dehors], Avis]


def si_frontal(juger: Juge) -> Juge:
    """Sans serveur frontal, la question ne se pose pas."""

    @wraps(juger)
    def juge(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
        if attendu.frontaux:
            return juger(attendu, arrivee, dehors)
        return Etat.SANS_OBJET, SANS_FRONTAL

    return juge


def si_https(juger: Juge) -> Juge:
    """En clair, la question ne se pose pas."""

    @wraps(juger)
    def juge(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
        if attendu.est_en_https:
            return juger(attendu, arrivee, dehors)
        return Etat.SANS_OBJET, SANS_HTTPS

    return juge


def mesure(quoi: str, sinon: str) -> Callable[[Juge], Juge]:
    """Ce qui n'est pas mesuré ne passe ni pour juste, ni pour manquant."""

    def sur(juger: Juge) -> Juge:
        @wraps(juger)
        def juge(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
            if getattr(dehors, quoi) is not None:
                return juger(attendu, arrivee, dehors)
            return Etat.NON_MESURE, sinon

        return juge

    return sur


def hote(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not arrivee.hote:
        return Etat.MANQUE, "La plateforme n'a pas reçu de nom qu'elle serve : elle répond 400."
    if arrivee.hote == attendu.hote:
        return Etat.JUSTE, f"« {arrivee.hote} » est arrivé, comme dans l'adresse publique."
    return Etat.MANQUE, f"« {arrivee.hote} » est arrivé, au lieu de « {attendu.hote} »."


@si_https
def protocole(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
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


@si_frontal
def demande(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
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


@si_frontal
def liaison(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not arrivee.hote:
        return Etat.NON_MESURE, "La demande n'est pas arrivée."
    if arrivee.liaison.lower() == "close":
        return Etat.A_REVOIR, "« close » est arrivé : chaque demande ouvre une liaison au nœud."
    return Etat.JUSTE, "Les liaisons au nœud se gardent d'une demande à l'autre."


@si_https
@mesure("hsts", PAS_RELUE)
def hsts(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not dehors.hsts:
        return Etat.MANQUE, "Il n'est pas arrivé : la première visite peut se faire en clair."
    if dehors.hsts.startswith(f"max-age={UN_AN_S}"):
        return Etat.JUSTE, f"« {dehors.hsts} » est arrivé, comme la plateforme le dit."
    return Etat.A_REVOIR, f"« {dehors.hsts} » est arrivé : ce n'est pas ce que dit la plateforme."


@mesure("csp", PAS_RELUE)
def csp(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if not dehors.csp:
        return Etat.MANQUE, "Elle n'est pas arrivée : un script étranger pourrait s'exécuter."
    if "default-src 'none'" in dehors.csp:
        return Etat.JUSTE, "Celle de la plateforme est arrivée : rien d'étranger ne s'exécute."
    return Etat.A_REVOIR, "Une autre est arrivée à la place de celle de la plateforme."


@si_https
@mesure("dialogue", PAS_RELUE)
def dialogue(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if dehors.dialogue in {"h2", "h3"}:
        return Etat.JUSTE, f"« {dehors.dialogue} » : une liaison porte toutes les demandes."
    return Etat.A_REVOIR, f"« {dehors.dialogue or 'http/1.1'} » : un envoi en retient d'autres."


@si_https
@mesure("tls", PAS_D_ICI)
def tls(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if dehors.tls == "TLSv1.3":
        return Etat.JUSTE, "TLS 1.3."
    return Etat.A_REVOIR, f"{dehors.tls}, où TLS 1.3 est attendu."


@si_frontal
@mesure("debordement", PAS_ENVOYE)
def taille(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if dehors.debordement in {TROP_GROS, 0}:
        return Etat.JUSTE, "13 Mo sont refusés avant la plateforme, là où rien n'est attendu."
    return Etat.MANQUE, "13 Mo sont allés jusqu'à la plateforme, là où rien n'est attendu."


@si_frontal
@mesure("envoi_retenu", PAS_D_ICI)
def tampon(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> Avis:
    if dehors.envoi_retenu:
        return Etat.JUSTE, "Un envoi commencé attend d'être entier avant d'aller au nœud."
    return Etat.MANQUE, "Un envoi part au nœud à mesure : un envoi lent y occupe un fil."
