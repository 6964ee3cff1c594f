#include "traffic/templates.h"

namespace sieve::traffic {
namespace {

using enum LegitKind;

constexpr LegitSentence kSentences[] = {
    {kChat, "[Sudah sampai mana|Otw ya|Macet nih], ketemu di {place}"},
    {kChat, "{day} makan {food} yuk, [jam {time}|ajak {name}]"},
    {kChat, "[Oke|Siap|Iya], [nanti telpon|makasih|sampai jumpa] [{name}|kak|]"},
    {kChat,
     "[Ma|Pa|Kak], ini {name}, nomor baru aku {mobile} ya, [yg lama hangus|hp lama rusak], [tolong "
     "disimpan|nanti aku telpon]"},
    {kChat,
     "{kin}, minta transfer {small}0rb dong buat [bayar kos|beli {item}|uang praktikum], [paling "
     "lambat {day}|makasih ya 🙏]"},
    {kChat,
     "udah aku tf Rp{dots} ya buat [{food}|patungan kado {name}|arisan], [cek ya|bukti di grup]"},
    {kChat,
     "[Foto|Video] [nikahan|wisuda|liburan] {name} ada di {link} [download sebelum {date}|bagus2 "
     "banget 😍]"},
    {kChat,
     "vc yuk [nanti malam|jam {time}], {kin} [kangen|mau lihat dedek bayi|nanyain kamu terus]"},
    {kChat,
     "kangen [banget|kamu] sayang ❤️ [udah makan?|{day} jadi ketemu kan|mimpi indah ya|kabarin "
     "kalau sampai {place}]"},
    {kChat,
     "Pak/Bu, invoice {voucher} senilai Rp{dots} sudah saya email, [mohon dibayar sebelum "
     "{date}|rekening sama seperti kemarin|mohon konfirmasi]"},
    {kChat,
     "Meeting jam {time} ya, link {meet} pass {code}, [{name} yg presentasi|kamera on|jangan "
     "telat]"},
    {kChat,
     "[File laporan|Jadwal shift|Proposal] aku taruh di {link} [tolong diisi sebelum {day}|hal {n} "
     "bagian {name}]"},
    {kChat, "Grup WA alumni {n}A: {invite} [gabung ya|adminnya {name}|reuni {date}]"},
    {kChat, "id line aku {handle}, [lokasinya aku kirim di sana|foto2nya kegedean kalau sms]"},
    {kChat,
     "wkwkwk [parah|ngakak|sumpah] 🤣 [{name} emang ya|aku ss|gak kuat|cerita dong {day}]"},
    {kChat, "lg dmn [km|bro|sis]? aq dah di {place} [{min} menit lg ya|laper bgt|jgn lama2]"},
    {kChat,
     "hai, aku {name}, [kita match kemarin|temannya {name}], [suka {food} juga ya|ngopi {day} "
     "mau?|kerja di {place}?]"},
    {kChat, "Futsal {day} {time} di {place}, [kurang {n} orang|iuran {small}rb|bawa rompi]"},
    {kChat,
     "[Pengajian|Kerja bakti|Ibadah pemuda] {day} jam {time} di {place}, [bawa {food}|infaq "
     "seikhlasnya|{name} yg jemput]"},
    {kChat,
     "Bang, saya di [depan {place}|pintu {n}|lobi], [baju hitam|titik sesuai app {link}], [bayar "
     "cash|sudah bayar di app]"},
    {kChat,
     "Kosannya {day} bisa dilihat jam {time}, [sebulan {small}0rb|sudah termasuk wifi], [kunci di "
     "{name}|hub {mobile}]"},
    {kChat, "Titip beliin {item} di {place} ya, [nanti aku ganti|uangnya {small}rb di {kin}]"},
    {kChat,
     "[gemes|keren parah|iri deh|semangat|nangis] [🔥🔥|😭|🙏|👏] [beli {item} di mana|tag {name}|di "
     "{place} ada?]"},
    {kChat,
     "[Gaji|Bayar supplier|Reimburse] Rp{dots} keluar {day}, [{name} tolong approve di "
     "ibanking|nota paling telat {time}]"},
    {kChat,
     "sayang tiket {small}0rb, [pesenin dulu|tf setengah ya], [nyampe {date} {time}|jemput di "
     "{place} ❤️]"},
    {kChat,
     "Pak RT: [iuran sampah {small}rb|ronda {day}|air mati], [ke {name} ya|sebelum {time}], "
     "[makasih warga|🙏]"},
    {kChat,
     "jual {item} [baru|second {n} bulan], {small}0rb [nego|cod {place}], [minat chat|wa "
     "{mobile}]"},
    {kChat, "gw [otw|bru bgn|ktiduran] sori bgt, [tnggu d {place}|jam {time} aja|mulai duluan]"},
    {kChat,
     "Warung sudah buka kak, pesan {food} WA {mobile}, [antar gratis ke {place}|min "
     "{small}rb|{day} tutup]"},
    {kRisky, "Jangan main slot, {name} rugi {small}0rb kemarin"},
    {kRisky, "Ada lowongan di {place}, gaji lumayan, mau coba?"},
    {kRisky,
     "dapet sms 'selamat anda menang {amount} juta' wkwk [penipuan lama|blokir aja|masih ada aja "
     "ya]"},
    {kRisky,
     "{kin} hampir kasih kode otp ke orang yg ngaku cs {app}, [untung aku lihat|udah ganti "
     "pin|langsung ke bank {day}]"},
    {kRisky, "taruhan {small}rb, {team} menang {n}-1 [yg kalah traktir {food}|berani gak|gas]"},
    {kRisky,
     "odds {team} {n}.{small}, [gak usah ikut2an|{name} pasang {small}rb doang|nonton aja di "
     "{place}]"},
    {kRisky,
     "judi online tuh racun, {name} [sampai jual motor|utang pinjol {small}0rb|ditinggal istri], "
     "[jangan ikut2|doain ya]"},
    {kRisky,
     "liburan ke genting/macau {date}, [cuma lihat2 kasinonya|tiket {dots}|{name} mau coba "
     "{game}], [ikut?|budget tipis]"},
    {kRisky,
     "gacha {n}x langsung dapet [SSR|legendary] 🎉 [hoki parah|{name} abis {small}0rb zonk|event "
     "sampai {date}]"},
    {kRisky,
     "di game ada [mesin slot|roda hadiah] dapet {amount} koin gratis kalau [login {n} hari|main "
     "sebelum {time}], [bukan uang beneran|masuk guildku ya]"},
    {kRisky,
     "KPR udah acc! plafon {big}, bunga {n}.{small}% [akad {date}|alhamdulillah|tinggal tanda "
     "tangan]"},
    {kRisky,
     "bro bisa pinjem {small}0rb? [{day} aku balikin|motor mogok|gajian tgl {small}], [gpp kalau "
     "gak ada|urgent]"},
    {kRisky,
     "pinjol {name} nagih ke kontakku 😡 '[bayar hari ini|data disebar]' [lapor aja|itu "
     "ilegal|blokir]"},
    {kRisky, "reksadana naik {pct}% nih, [dividen cair {date}|jual gak?|{name} bilang tahan dulu]"},
    {kRisky,
     "kripto [merah|ijo] lagi {pct}%, [aku cuma modal {small}0rb|udah cut loss|tahan sampai "
     "{date}]"},
    {kRisky,
     "kafe di {place} cari part time, [{small}rb sejam|dapet makan], [bisa sabtu minggu|hub {name} "
     "{mobile}]"},
    {kRisky,
     "Alhamdulillah keterima kerja, gaji {small}0rb, mulai {day}, [mess disediakan|bpjs lengkap|di "
     "{place}]"},
    {kRisky,
     "om kerja di kapal pesiar, [lewat agen resmi|kontrak {n} bulan], [gajinya dolar|lagi buka "
     "lowongan], [tanya {name}|sertifikat dulu]"},
    {kRisky,
     "butuh {n} orang buat bantu acara {day}, {small}0rb/hari langsung dibayar, [jam {time} di "
     "{place}|mahasiswa oke]"},
    {kRisky,
     "kerja like-like video dibayar {small}rb itu tipu, [temenku rugi {small}0rb|awalnya dibayar "
     "terus disuruh deposit|jangan masuk grup telenya]"},
    {kRisky,
     "menang undian di {place}! dapet [{item}|motor|voucher {small}0rb] 😱 [harus ambil "
     "{date}|{kin} seneng bgt]"},
    {kRisky,
     "Ada telpon ngaku polisi, katanya {kin} [kecelakaan|kena narkoba] minta tf Rp{dots}, [bohong "
     "itu|aku telpon {kin} aman|lapor {day}]"},
    {kRisky,
     "[Arisan|Kocokan] bulan ini {name} yg dapat {small}0rb, [bulan depan giliranmu|setor ke {kin} "
     "ya]"},
    {kRisky,
     "sms slot gacor lagi '[bonus new member {amount}|maxwin]' [capek blokirnya|dapet nomorku dari "
     "mana|hapus aja]"},
    {kRisky,
     "katanya untung pasti {pct}% seminggu 😂 [ponzi|ditanya izin ojk malah kabur|jangan transfer]"},
    {kRisky, "final esport {day}, {team} [{n}-0|keok], [nobar di {place}?|taruhan skin doang]"},
    {kRisky,
     "agen bilang kerja di luar gaji {small}0rb/hari, [cek di BP2MI dulu|jangan ke {border}|{name} "
     "hampir ketipu]"},
    {kRisky, "paylater-ku numpuk {small}0rb, [lunasin {date}|jangan ditiru|{name} bantuin dong]"},
    {kRisky,
     "kerja remote-nya beneran, [kontrak udah dikirim|gaji pertama {small}0rb masuk|gak pernah "
     "minta duit], mulai {day}"},
    {kRisky,
     "kartu {kin} kebobol {small}0rb, [{app} ganti|udah diblokir|lapor polisi], [jangan klik link "
     "sembarangan|otp jangan kasih]"},
    {kRisky, "capit boneka di {place} abis {small}rb, [dapet {n}|kayak judi aja|{name} ketagihan]"},
    {kRisky,
     "trading emas [cuan {small}rb|boncos {pct}%], [app resmi kok|robotnya jangan percaya|belajar "
     "dulu]"},
    {kOtp,
     "{brand}: Kode OTP Anda {code}. JANGAN BERIKAN kode ini kepada siapa pun[, termasuk pihak "
     "{brand}|]. Berlaku {n} menit."},
    {kOtp,
     "{code} adalah kode verifikasi {brand} Anda. [Jangan bagikan|Rahasiakan]. [Ref "
     "{voucher}|Kedaluwarsa {time}]"},
    {kOtp,
     "{brand}: transaksi Rp{dots} di {app} kartu x{acct}. Kode: {code}. [Bukan Anda? Hub "
     "{phone}|Hati2 penipuan]"},
    {kOtp,
     "<#> {code} kode masuk {brand}. [Abaikan jika bukan Anda|Petugas kami tidak pernah meminta "
     "kode ini]."},
    {kOtp,
     "Permintaan [ganti PIN|ganti nomor HP|reset sandi] {brand}. Masukkan {code}. Bukan Anda? "
     "[Kunci akun di {url}|Telepon {phone}]"},
    {kOtp,
     "Kode pengambilan barang {brand}: {code}. Tunjukkan ke petugas [di {place}|saat barang "
     "diterima], s/d {date}."},
    {kOtp,
     "{brand} - {code} untuk transfer ke {name} Rp{dots}. [Cek nama penerima|Hati-hati modus CS "
     "palsu]. Ref {acct}"},
    {kReceipt,
     "{brand}: Transfer Rp{dots} ke {name} berhasil {date} {time}. [Ref {voucher}|Saldo "
     "Rp{dots}|Info {phone}]"},
    {kReceipt, "{brand}: Dana masuk Rp{dots} ke rek x{acct} dari {name}, {date}."},
    {kReceipt,
     "{brand}: Kartu x{acct} dipakai Rp{dots} di {app} {date} {time}. [Bukan Anda? {phone}|Sisa "
     "limit Rp{dots}]"},
    {kReceipt,
     "{brand}: Tagihan kartu kredit Rp{dots}, min Rp{dots}, jatuh tempo {date}. [E-statement: "
     "{url}|Abaikan jika sudah bayar]"},
    {kReceipt,
     "{brand}: Login dari perangkat baru {date} {time}. [Bukan Anda? blokir di {url}|Bukan Anda? "
     "telepon {phone}]"},
    {kReceipt, "{brand}: Saldo x{acct} di bawah Rp{dots}. [Yuk isi|Top up lewat app]."},
    {kReceipt,
     "{brand}: Anda terpilih untuk pinjaman hingga Rp{big}rb, bunga mulai {n}.{small}%/tahun, "
     "[berizin dan diawasi otoritas|syarat berlaku]. [Ajukan di app|{url}] s/d {date}"},
    {kReceipt,
     "{brand}: Cashback {n}% [di {app}|semua resto|isi bensin] pakai kartu kredit, min Rp{dots}, "
     "s/d {date}. [S&K {url}|Daftar: ketik PROMO {acct}]"},
    {kReceipt,
     "{brand}: Angsuran Rp{dots} pinjaman x{acct} jatuh tempo {date}. [Autodebet aktif|Denda "
     "Rp{dots} bila terlambat]."},
    {kReceipt,
     "{brand}: Dividen reksa dana Rp{dots} masuk {date}. [Laporan: {url}|Kinerja masa lalu bukan "
     "jaminan]."},
    {kReceipt,
     "{brand}: Ubah transaksi Rp{dots} di {app} jadi cicilan 0% {n} bulan. [Balas YA {acct}|Klik "
     "menu Cicilan di app], s/d {date}."},
    {kReceipt,
     "{brand}: Tarik tunai Rp{dots} ATM {place} {date} {time}. [Biaya Rp{small}00|Sisa saldo "
     "Rp{dots}]"},
    {kReceipt,
     "{brand}: Mohon perbarui data KTP sebelum {date} [di cabang|di menu profil]. Kami tidak "
     "mengirim link untuk ini."},
    {kReceipt,
     "{brand} Sekuritas: beli {small} lot @ {amount}. [Konfirmasi {url}|Bukan Anda? {phone}]"},
    {kCourier,
     "{brand}: Paket {track} diantar hari ini oleh {name} {mobile}. [Est. {time}|Siapkan COD "
     "Rp{dots}]"},
    {kCourier,
     "{brand}: Paket {track} sudah diterima {name}, {date} {time}. [Terima kasih|Beri bintang "
     "{url}]"},
    {kCourier,
     "{brand}: Kurir gagal antar {track}, [rumah kosong|alamat kurang jelas]. [Diantar lagi "
     "{day}|Atur ulang di {url}], tanpa biaya."},
    {kCourier,
     "{brand}: Ambil paket {track} di loker {place}, kode {code}, [paling lambat {date}|buka 24 "
     "jam]."},
    {kCourier,
     "{brand}: Kiriman luar negeri {track} kena bea masuk Rp{dots}. [Bayar ke kurir|Bayar lewat VA "
     "di app/{url}], bukti dari bea cukai terlampir. CS {phone}"},
    {kCourier,
     "Driver {name} [sudah di titik jemput|{min} menit lagi] bawa {food} pesananmu. [Kode "
     "{acct}|Plat B {acct} XY]"},
    {kCourier,
     "{brand}: Konfirmasi alamat {track} sebelum {date}: [balas 1 jika benar|ubah di {url}]. "
     "Pengirim {app}."},
    {kCourier,
     "{brand}: Ganti rugi paket rusak {track} Rp{dots} disetujui, [kembali ke saldo {n} "
     "hari|voucher {voucher}]."},
    {kMarketing,
     "{brand}: FLASH SALE {day} {time}! {item} diskon {pct}%, [gratis ongkir|stok terbatas]. "
     "[Klik|Cek] {url}"},
    {kMarketing,
     "{brand}: Voucher {voucher} potongan {small}rb, [min belanja {small}0rb|khusus pengguna baru] "
     "s/d {date}. {url}"},
    {kMarketing,
     "{brand}: {amount} poin hangus {date}! Tukar [{item}|pulsa|{food}] di [app|{url}|kasir]"},
    {kMarketing,
     "Selamat kepada pemenang undian {brand}: {name} (x{acct}), {name} (x{acct}). [Ambil hadiah di "
     "{place} dgn KTP s/d {date}, gratis tanpa biaya|Daftar lengkap {url}]"},
    {kMarketing,
     "{brand}: Ajak teman, kalian dapat saldo {small}rb! Kode {voucher}. [S&K berlaku|Maks {n} "
     "teman] {url}"},
    {kMarketing,
     "Hai {name}, selamat ulang tahun! Klaim hadiah gratis di {brand}, [tunjukkan kode "
     "{voucher}|s/d {date}]."},
    {kMarketing,
     "{brand}: Langganan {small}.900 gagal diperpanjang. [Perbarui pembayaran di app|{url}] "
     "sebelum {date} supaya bisa nonton terus."},
    {kMarketing,
     "{brand}: Loker baru di {place}: [kasir|admin|sopir|perawat] gaji {n},{n} jt. [Lamar "
     "{url}|Walk-in {date} {time}]"},
    {kMarketing,
     "{brand}: Event [Ramadan|season {n}|ulang tahun] mulai {date}, login dapat [{amount} "
     "diamond|spin gratis|skin]! {url}"},
    {kMarketing,
     "{brand}: Belanja {small}0rb menangkan [mobil|emas|umrah]! Diundi {date} di depan notaris. "
     "[Info {url}|Izin {acct}/2025]"},
    {kMarketing,
     "{brand} buka lowongan [part time {small}rb/jam|gudang harian {small}0rb|kru kapal pesiar]. "
     "[Walk-in {place} {date}|{url}] Tanpa pungutan biaya."},
    {kMarketing,
     "{brand}: Isi survei {n} menit dapat {small} poin {url} [s/d {date}|khusus member]"},
    {kMarketing,
     "{brand}: Add LINE {line} [dapat kupon {small}rb|cek poin & promo], [s/d {date}|khusus teman "
     "baru]. Stop: {phone}"},
    {kMarketing,
     "{brand} Undian resmi: nomor {code} menang [emas|motor|{item}]. Cek {url}, [hadiah diambil di "
     "{place}|pajak ditanggung kami]."},
    {kGovernment,
     "{brand}: Lapor SPT paling lambat {date}. [Lewat web resmi {url}|Bantuan di kantor sampai "
     "{time}|Info {phone}]"},
    {kGovernment,
     "{brand}: Restitusi pajak Rp{dots} sudah masuk ke rekening terdaftar {date}. [Tidak perlu "
     "tindakan|Kami tidak meminta data]."},
    {kGovernment,
     "{brand}: Tagihan [listrik|air|PBB] Rp{dots} jatuh tempo {date}. Bayar di "
     "[minimarket|loket|app]."},
    {kGovernment,
     "{brand}: WASPADA PENIPUAN! Bank tidak kirim link. Jangan klik '[undangan nikah.apk|saldo "
     "gratis|menang hadiah|kerja santai {small}0rb/hari]'. Lapor {phone}"},
    {kGovernment,
     "{brand}: Denda tilang {voucher} Rp{dots}. [Bayar di loket kejaksaan atau bank|Sidang "
     "{date}]. Bawa surat tilang."},
    {kGovernment,
     "PERINGATAN DINI [banjir|hujan lebat|gempa|gelombang tinggi] di {place} {date} {time}. [Jauhi "
     "sungai|Ikuti petugas]. Darurat 112. {brand}"},
    {kGovernment,
     "{brand}: Pemadaman [listrik|air] {place} {date} {time}, [sekitar {n} jam|perbaikan pipa]. "
     "[Mohon maaf|Info {phone}]"},
    {kGovernment,
     "{brand}: [Imunisasi|Vaksin booster|Pemilu RT] {date} {time} di {place}, gratis. [Bawa "
     "KTP|Daftar {url}]"},
    {kGovernment,
     "{brand}: Pemungutan suara {date} jam 7-13 di TPS {n} {place}. [Bawa KTP|Cek nama {url}]"},
    {kGovernment,
     "{brand}: Bansos Rp{dots} sudah cair {date}, [ambil di kantor pos|masuk rekening]. Tidak ada "
     "pendaftaran lewat link."},
    {kTelco, "{brand}: Kuota terpakai {pct}%, [sisa {n}GB|berlaku s/d {date}]. Beli lagi *{acct}#"},
    {kTelco, "{brand}: Isi pulsa {small}.000 berhasil. [Masa aktif s/d {date}|SN {code}]"},
    {kTelco, "{brand}: Paket habis {date} {time}. Perpanjang {n}GB Rp{dots} [*{acct}#|{url}]"},
    {kTelco,
     "{brand}: Registrasi kartu dgn NIK & KK sebelum {date} [lewat {acct}|di gerai], [gratis|nomor "
     "akan diblokir]."},
    {kTelco,
     "{brand}: {amount} poinmu bisa ditukar [kuota|{food}|undian {item}] s/d {date}. *{acct}#"},
    {kTelco,
     "{brand}: Upgrade ke [5G|pascabayar|paket keluarga] hemat {pct}%, [gratis bulan "
     "pertama|gratis router]. {url}"},
    {kTelco,
     "{brand}: Waspada telepon +{small}. Blokir gratis [*{acct}#|di app]. Kami tidak minta OTP."},
    {kTelco,
     "{brand}: Tagihan Rp{dots} jatuh tempo {date}. [Autodebet|Bayar di {url} atau minimarket]."},
    {kReminder,
     "{brand}: Jadwal [kontrol|periksa gigi|imunisasi] {date} {time}. [Ubah: {phone}|Datang {min} "
     "menit lebih awal]"},
    {kReminder, "{brand}: Hasil [lab|rontgen] sudah keluar, [ambil di loket {n}|lihat {url}]."},
    {kReminder,
     "Yth. Orang Tua, [SPP Rp{dots} paling lambat {date}|libur {date}|rapat {date} {time}]. "
     "[Terima kasih|Info {phone}] - {brand}"},
    {kReminder,
     "{brand} HRD: Sdr/i {name}, undangan interview {date} {time} [di {place}|online {url}], "
     "posisi [magang|kasir|staf]. [Tanpa biaya apa pun|Balas HADIR]"},
    {kReminder,
     "{brand}: Terima kasih donasi Rp{dots} untuk [korban banjir|panti asuhan|masjid]. [Kuitansi "
     "{voucher}|{url}]"},
    {kReminder,
     "{brand}: Premi asuransi Rp{dots} jatuh tempo {date}, polis x{acct}. [Bayar di app|VA di "
     "{url}]"},
    {kReminder,
     "{brand}: Waktunya [scaling gigi|cek mata|vaksin ke-{n}]. Daftar {url} atau {phone}."},
    {kReminder,
     "{brand}: Bagaimana kunjungan {day}? Nilai kami {url}, [{n} pertanyaan saja|terima kasih]"},
};

}  // namespace

constinit const std::span<const LegitSentence> kLegitId = kSentences;

}  // namespace sieve::traffic
