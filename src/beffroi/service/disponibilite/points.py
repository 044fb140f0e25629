"""Les points de la supervision : l'état public, et ce que seul le centre
regarde ; pour chacun, quoi faire.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from beffroi.seance.antivirus import essai
from beffroi.seance.coffre import protections
from beffroi.service.disponibilite import certificats, queries, rules, sondes
from beffroi.service.disponibilite.models import Releve
from beffroi.service.disponibilite.rules import Gravite
from beffroi.service.disponibilite.sondes import Constat, a_l_heure
from beffroi.service.restaurations import queries as sauvegardes
from beffroi.service.restaurations.rules import essai_en_retard
from beffroi.service.sonde import queries as sonde
from beffroi.service.sonde.rules import ENTRE_DEUX_HEURES
from beffroi.service.sonde.rules import SILENCE as SILENCE_DE_LA_SONDE
from beffroi.socle.fondations import ecritures
from beffroi.socle.fondations.place import place_libre
from beffroi.socle.noeuds.queries import horloges as horloges_des_noeuds
from formats import dates, durees, tailles
from formats.pluriels import compter

MOTS = {"ok": "Bon", "attention": "À surveiller", "danger": "En défaut", "gris": "Inconnu"}
RIEN = "Rien à faire."
DU_PIRE = [*map(str, (Gravite.EN_DEFAUT, Gravite.A_SURVEILLER, Gravite.INCONNU, Gravite.BON))]


@dataclass(frozen=True)
class Point:
    """Une ligne de la supervision :
    son état en un mot, depuis quand, ce que l'on sait, quoi faire.
    """

    code: str
    nom: str
    constat: Constat
    depuis: datetime | None = None

    @property
    def ton(self) -> str:
        return str(self.constat.ton)

    @property
    def mot(self) -> str:
        return MOTS[self.ton]

    @property
    def demande_un_geste(self) -> bool:
        return self.ton != Gravite.BON

    @property
    def quoi_faire(self) -> str:
        return GESTES[self.code] if self.demande_un_geste else RIEN


def points(le: datetime) -> list[Point]:
    """Tous, dans l'ordre où une panne se cherche ;
    l'ouvrier dit depuis quand, si l'état est bien celui qu'il a vu.
    """
    tenus = queries.etats_tenus()
    lus = [Point(code, nom, sondes.constater(constater, le)) for code, nom, constater in POINTS]
    return [
        Point(point.code, point.nom, point.constat, tenus[point.code].depuis)
        if point.code in tenus and tenus[point.code].ton == point.ton
        else point
        for point in lus
    ]


def du_pire_au_meilleur(lus: Sequence[Point]) -> list[Point]:
    """Pour qui regarde ; à gravité égale, l'ordre où une panne se cherche."""
    return sorted(lus, key=lambda point: DU_PIRE.index(point.ton))


def bilan(lus: Sequence[Point]) -> str:
    """Ce que la table dit, en une phrase : combien ne sont pas bons, et dans quel ordre."""
    combien = Counter(point.ton for point in lus)
    mots = (
        ("danger", "en défaut", "en défaut"),
        ("attention", "à surveiller", "à surveiller"),
        ("gris", "inconnu", "inconnus"),
    )
    dits = [compter(combien[ton], un, plusieurs) for ton, un, plusieurs in mots if combien[ton]]
    if not dits:
        return "Tous les points sont bons."
    return f"Le pire d'abord : {', '.join(dits)}, sur {len(lus)}."


def fichiers(le: datetime) -> Constat:
    """Ce que tous en lisent, et, pour qui l'exploite, le geste que le stockage refuse."""
    constat, dit = sondes.stockage(le), sondes.dit_du_stockage()
    if not dit or constat.ton == sondes.INCONNU:
        return constat
    return Constat(Gravite.EN_DEFAUT, f"{constat.phrase} {dit}")


def place(_: datetime) -> Constat:
    lue = place_libre()
    if lue is None:
        return Constat(Gravite.INCONNU, "La place libre ne se lit pas.")
    phrase = (
        f"{tailles.humaniser(lue.libre)} libres sur {tailles.humaniser(lue.total)}, "
        f"soit {lue.pour_cent} %."
    )
    if settings.STOCKAGE["sorte"] != "fichiers":
        phrase += " Les réponses sont dans un service S3, dont la place ne se mesure pas d'ici."
    return Constat(rules.gravite_de_la_place(libre=lue.libre, total=lue.total), phrase)


def reponses(le: datetime) -> Constat:
    """Les 5xx du dernier quart d'heure."""
    part = sonde.serveur(le - rules.TOUT_A_L_HEURE, le).part_d_erreurs
    gravite = rules.gravite_des_erreurs(part)
    if part is None:
        return Constat(
            gravite, "Aucune réponse comptée depuis un quart d'heure : la sonde les lit."
        )
    dit = f"{part} % des réponses, au plus, sont des pannes (5xx)" if part else "Aucune panne (5xx)"
    return Constat(gravite, f"{dit} depuis un quart d'heure.")


def occupation(le: datetime) -> Constat:
    pleine = sonde.serveur(le - rules.TOUT_A_L_HEURE, le).plus_occupee
    if pleine is None or pleine.en_vol is None or pleine.places is None:
        return Constat(
            Gravite.INCONNU, "Aucune réponse comptée depuis un quart d'heure : la sonde les lit."
        )
    tenues = compter(pleine.en_vol, "requête")
    phrase = (
        f"Au plus fort du dernier quart d'heure, un processus tenait {tenues} à la fois, "
        f"sur {pleine.places}."
    )
    return Constat(
        rules.gravite_de_l_occupation(en_vol=pleine.en_vol, places=pleine.places), phrase
    )


def ecriture(le: datetime) -> Constat:
    """Ce que SQLite a eu à écrire depuis une heure : la mesure dit quand elle ne suffit plus."""
    if connection.vendor != "sqlite":
        return Constat(Gravite.BON, "Cette base mène plusieurs écritures de front.")
    minutes = ecritures.depuis(le - rules.UNE_HEURE, le)
    if not minutes:
        return Constat(Gravite.INCONNU, "Aucune écriture n'est comptée depuis une heure.")
    prise = max(minutes, key=lambda minute: minute.part_pour_cent)
    attente_s = max(minute.attente_s for minute in minutes)
    attendu = f"{attente_s:.1f}".replace(".", ",")
    phrase = (
        f"SQLite écrit une chose à la fois. Depuis une heure, au plus fort, l'écriture y a été "
        f"prise {prise.part_pour_cent} % d'une minute ({dates.a_la_minute(prise.minute)}), et la "
        f"plus longue attente a été de {attendu} s ; à 30 s, c'est une panne."
    )
    gravite = rules.gravite_de_l_ecriture(part_pour_cent=prise.part_pour_cent, attente_s=attente_s)
    return Constat(gravite, phrase)


def dehors(le: datetime) -> Constat:
    """Ce que disent les sondes d'ailleurs ; une qui se tait est inconnue, et se nomme."""
    if not settings.SONDES_EXTERIEURES:
        return Constat(
            Gravite.INCONNU,
            "Aucune sonde extérieure n'est réglée : personne d'autre ne nous mesure.",
        )
    vues = {une.source: une for une in sonde.dehors(le - rules.TOUT_A_L_HEURE, le)}
    suites = {
        nom: [m.reussie for m in vues[nom].mesures] if nom in vues else []
        for nom in settings.SONDES_EXTERIEURES
    }
    gravites = {nom: rules.gravite_du_dehors(suite) for nom, suite in suites.items()}
    mots = {
        "ok": "nous atteint",
        "attention": "vient d'échouer",
        "danger": "échoue de suite",
        "gris": "se tait",
    }
    return Constat(
        rules.pire(list(gravites.values())),
        " ; ".join(f"{nom} {mots[g]}" for nom, g in gravites.items()) + ".",
    )


def file(le: datetime) -> Constat:
    lue = queries.file_des_travaux(le)
    attente = durees.ecart(depuis=lue.plus_ancienne or le, jusqu_a=le)
    phrase = "Aucune tâche n'attend."
    if lue.plus_ancienne:
        phrase = (
            f"{compter(lue.attendent, 'tâche due', 'tâches dues')}, "
            f"la plus ancienne depuis {durees.humaniser(attente)}."
        )
    if lue.abandonnees:
        phrase += f" En sept jours, {compter(lue.abandonnees, 'abandonnée')} après tous ses essais."
    return Constat(rules.gravite_de_la_file(attente=attente, abandonnees=lue.abandonnees), phrase)


def courriels(le: datetime) -> Constat:
    """Le jugement de la page publique, et le nombre, que le centre seul lit."""
    public, attendent = sondes.courriels(le), queries.courriels_en_attente().count()
    return Constat(public.ton, f"{public.phrase} En attente : {tailles.nombre(attendent)}.")


def boite(le: datetime) -> Constat:
    """Les courriels reçus par l'assistance :
    lus à mesure, et aucun mis de côté sans que quelqu'un le sache.
    """
    if settings.BOITE_DES_COURRIELS is None:
        return Constat(
            Gravite.BON, "Aucune boîte n'est réglée : l'assistance ne reçoit pas de courriel."
        )
    lue = queries.boite_des_courriels(settings.BOITE_DES_COURRIELS)
    if lue is None:
        return Constat(
            Gravite.EN_DEFAUT, "La boîte ne se lit pas : aucun courriel n'arrive à l'assistance."
        )
    attente = durees.ecart(depuis=lue.plus_ancien or le, jusqu_a=le)
    phrases = ["Aucun courriel n'attend."]
    if lue.plus_ancien:
        attendent = compter(lue.attendent, "courriel attend", "courriels attendent")
        phrases = [f"{attendent}, le plus ancien depuis {durees.humaniser(attente)}."]
    if lue.illisibles:
        phrases.append(
            f"Mis de côté sans être lus : {tailles.nombre(lue.illisibles)}, dans illisibles/."
        )
    if lue.de_trop:
        phrases.append(
            f"Mis de côté, trop nombreux en une heure : {tailles.nombre(lue.de_trop)}, "
            "dans de_trop/."
        )
    gravite = rules.gravite_de_la_boite(attente=attente, mis_de_cote=lue.illisibles + lue.de_trop)
    return Constat(gravite, " ".join(phrases))


def horloge(le: datetime) -> Constat:
    lus = [ecart for ecart in sonde.derniers_ecarts() if ecart.ecart_ms is not None]
    if not settings.SONDE["horloges"]:
        return Constat(Gravite.INCONNU, "Aucune horloge de référence n'est réglée.")
    frais = [ecart for ecart in lus if le - ecart.le <= 2 * ENTRE_DEUX_HEURES + SILENCE_DE_LA_SONDE]
    if not frais:
        return Constat(Gravite.INCONNU, sondes.SANS_NOUVELLE)
    grand = max(frais, key=lambda ecart: abs(ecart.ecart_ms or 0))
    phrase = (
        f"Plus grand écart : {abs(grand.ecart_ms or 0)} ms, à {grand.marge_ms} ms près, "
        f"avec {grand.source}."
    )
    decalee = any(sonde.est_decale(ecart) for ecart in frais)
    return Constat(Gravite.EN_DEFAUT if decalee else Gravite.BON, phrase)


def noeuds(_: datetime) -> Constat:
    """Chaque nœud se compare à la base ; deux nœuds peuvent s'en écarter chacun de son côté."""
    if connection.vendor != "postgresql":
        return Constat(Gravite.BON, "Un seul nœud, et sa base : une seule horloge.")
    vues = horloges_des_noeuds()
    if not vues:
        return Constat(Gravite.INCONNU, sondes.SANS_NOUVELLE)
    decales = {nom: ecart for nom, ecart in vues.items() if ecart.est_grand}
    if decales:
        dits = " ; ".join(f"{nom} est {ecart.dit()}" for nom, ecart in decales.items())
        return Constat(Gravite.EN_DEFAUT, f"{dits}. Un dépôt reçu là porte une heure fausse.")
    loin = rules.plus_grand_ecart_ms([ecart.ecart_ms for ecart in vues.values()])
    phrase = f"{compter(len(vues), 'nœud')}, à {loin} ms l'un de l'autre ou de la base, au plus."
    trop = loin >= settings.SONDE["seuil_ms"]
    return Constat(Gravite.A_SURVEILLER if trop else Gravite.BON, phrase)


def certificats_d_ici(le: datetime) -> Constat:
    return Constat(*certificats.constat(le))


def antivirus(le: datetime) -> Constat:
    if not essai.est_relie():
        return Constat(
            Gravite.A_SURVEILLER,
            "Aucun antivirus n'est relié : les fichiers ouverts se lisent sans analyse.",
        )
    releve = Releve.objects.filter(composant="antivirus").first()
    if releve is None or not rules.est_frais(
        releve.le, maintenant=le, silence=rules.SILENCE_DE_L_ANTIVIRUS
    ):
        return Constat(Gravite.INCONNU, sondes.SANS_NOUVELLE)
    if not releve.bon:
        return Constat(
            Gravite.EN_DEFAUT, f"Il n'a pas reconnu le fichier d'essai, {a_l_heure(releve.le)}."
        )
    signatures = rules.date_des_signatures(releve.dit)
    if signatures is None:
        return Constat(
            Gravite.A_SURVEILLER,
            "Il reconnaît le fichier d'essai. L'âge de ses signatures n'est pas connu.",
        )
    age = durees.ecart(depuis=signatures, jusqu_a=le)
    phrase = f"Il reconnaît le fichier d'essai. Ses signatures ont {durees.humaniser(age)}."
    return Constat(Gravite.A_SURVEILLER if age > rules.SIGNATURES_VIEILLES else Gravite.BON, phrase)


def coffre(_: datetime) -> Constat:
    """Ce que le système accorde ici, il l'accordera au coffre, qui se lance d'un processus web."""
    accordees = protections.essayer()
    return Constat(Gravite.A_SURVEILLER if accordees.refus else Gravite.BON, accordees.phrase())


def sauvegarde(le: datetime) -> Constat:
    """La plus récente : celle que « ./beffroi sauvegarde »
    a notée, ou celle que dit le témoin d'un autre outil.
    """
    notee = sauvegardes.derniere_sauvegarde()
    connues = [notee.commencee_le] if notee else []
    manque = Constat(Gravite.INCONNU, "Aucune sauvegarde n'est connue.")
    if settings.TEMOIN_DE_SAUVEGARDE is not None:
        try:
            connues.append(
                datetime.fromtimestamp(settings.TEMOIN_DE_SAUVEGARDE.stat().st_mtime, tz=le.tzinfo)
            )
        except FileNotFoundError:
            manque = Constat(
                Gravite.EN_DEFAUT,
                "Le témoin n'existe pas : aucune sauvegarde ne s'est dite réussie.",
            )
        except OSError:
            manque = Constat(Gravite.INCONNU, "Le témoin de sauvegarde ne se lit pas.")
    if not connues:
        return manque
    age = durees.ecart(depuis=max(connues), jusqu_a=le)
    gravite = rules.gravite_de_la_sauvegarde(age)
    if gravite == Gravite.INCONNU:
        return Constat(gravite, "La dernière est datée d'une heure à venir.")
    return Constat(
        gravite, f"La dernière est {du_jour(max(connues))}, il y a {durees.humaniser(age)}."
    )


def restauration(le: datetime) -> Constat:
    """Le dernier essai, réussi ou non ;
    un essai trop ancien ne dit plus que l'on sait restaurer.
    """
    dernier = sauvegardes.dernier_essai_de_restauration()
    if dernier is None:
        return Constat(Gravite.INCONNU, "Aucun essai de restauration n'est connu.")
    quand = du_jour(dernier.commence_le)
    if not dernier.reussi:
        return Constat(Gravite.EN_DEFAUT, f"Celui {quand} a échoué : {dernier.faute}")
    phrase = f"Celui {quand} a réussi, en {durees.humaniser(dernier.duree)}, registre relu."
    if dernier.perte is not None:
        phrase += (
            " Un sinistre à cette heure aurait fait perdre "
            f"{durees.humaniser(dernier.perte)} d'actes."
        )
    tarde = essai_en_retard(dernier.commence_le, maintenant=le)
    return Constat(Gravite.A_SURVEILLER if tarde else Gravite.BON, phrase)


def du_jour(instant: datetime) -> str:
    return f"du {dates.jour(instant)} à {dates.a_la_minute(instant)}"


POINTS: tuple[tuple[str, str, Callable[[datetime], Constat]], ...] = (
    ("depot", "Le dépôt d'une réponse", sondes.depot),
    ("base", "La base de données", sondes.base),
    ("ecriture", "L'écriture dans la base", ecriture),
    ("stockage", "Les fichiers", fichiers),
    ("place", "La place libre", place),
    ("ouvrier", "Les travaux de fond", sondes.ouvrier),
    ("reponses", "Les réponses du serveur", reponses),
    ("occupation", "L'occupation du serveur", occupation),
    ("dehors", "Les sondes extérieures", dehors),
    ("file", "La file des travaux", file),
    ("courriels", "Les courriels", courriels),
    ("boite", "La boîte de l'assistance", boite),
    ("horloge", "L'horloge", horloge),
    ("noeuds", "Les horloges des nœuds", noeuds),
    ("certificats", "Les certificats", certificats_d_ici),
    ("horodatage", "L'horodatage qualifié", sondes.horodatage),
    ("antivirus", "L'antivirus", antivirus),
    ("coffre", "La mémoire du coffre", coffre),
    ("sauvegarde", "La dernière sauvegarde", sauvegarde),
    ("restauration", "Le dernier essai de restauration", restauration),
)
GESTES = {
    "depot": (
        "Relancez « ./beffroi sonde » si elle se tait. Sinon, lisez l'étape manquée ci-dessous, "
        "puis annoncez l'incident."
    ),
    "base": "Relancez la base, puis annoncez l'incident : rien ne se dépose sans elle.",
    "ecriture": (
        f"Au-delà de {rules.ECRITURE_A_SURVEILLER_POUR_CENT} % d'une minute ou de "
        f"{rules.ATTENTE_D_ECRIRE_A_SURVEILLER_S} s d'attente, cette base ne suffit plus : passez "
        "à PostgreSQL (BEFFROI_BASE_DE_DONNEES)."
    ),
    "stockage": (
        "Lancez « ./beffroi stockage » : il essaie chaque geste, et dit quoi faire. S'il se tait, "
        "vérifiez l'ouvrier."
    ),
    "place": (
        "Agrandissez le disque, ou libérez-le : une réponse refusée faute de place est un incident."
    ),
    "ouvrier": "Relancez « ./beffroi worker » et lisez sa dernière ligne.",
    "reponses": (
        "Lisez le journal technique du serveur : chaque 5xx y laisse sa trace. "
        "Si rien n'est compté, voyez la sonde."
    ),
    "occupation": (
        "Ajoutez des processus (--processus) ou du débit. Si rien n'est compté, voyez la sonde."
    ),
    "dehors": (
        "Réglez BEFFROI_SONDES_EXTERIEURES ; si l'une échoue seule, "
        "voyez le réseau entre elle et nous."
    ),
    "file": "Vérifiez l'ouvrier. Une tâche abandonnée garde son erreur dans la table des tâches.",
    "courriels": "Vérifiez le serveur de courriel réglé, et le journal de l'ouvrier.",
    "boite": "Ouvrez chaque courriel mis de côté : répondez "
    "à la personne ou remettez-le dans new/, "
    "puis ôtez-le. "
    "S'il en attend, vérifiez l'ouvrier, et son droit d'écrire dans la boîte.",
    "horloge": (
        "Réglez BEFFROI_HORLOGES ; si l'horloge est décalée, "
        "vérifiez la synchronisation (NTP) du serveur."
    ),
    "noeuds": (
        "Sur la machine nommée, réparez la synchronisation (chronyc tracking, timedatectl) ; si "
        "toutes le sont, c'est celle de la base. Sans elle avant une heure limite, sortez ce nœud "
        "du répartiteur."
    ),
    "certificats": (
        "Demandez le suivant, remplacez le fichier, relancez « serve » et « worker ». "
        "L'autorité de la plateforme se refait comme le dit docs/exploitants/sauvegarder.md."
    ),
    "horodatage": (
        "Réglez un service qualifié, ou vérifiez qu'il répond : chaque dépôt attend son jeton."
    ),
    "antivirus": (
        "Réglez BEFFROI_ANTIVIRUS, vérifiez clamd et la mise à jour de ses signatures (freshclam)."
    ),
    "sauvegarde": (
        "Lancez « ./beffroi sauvegarde faire », "
        "ou réglez BEFFROI_TEMOIN_DE_SAUVEGARDE sur le témoin de votre outil."
    ),
    "coffre": (
        "Donnez au service une limite de mémoire verrouillée (LimitMEMLOCK=8M), puis relancez-le ; "
        "ou retirez tout échange de la machine."
    ),
    "restauration": (
        "Lancez « ./beffroi sauvegarde essayer » : jamais restaurée, une sauvegarde ne prouve rien."
    ),
}
